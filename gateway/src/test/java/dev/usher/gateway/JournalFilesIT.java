package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.cluster.DataFolder;
import dev.usher.gateway.cli.JournalRestore;
import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.journal.CommitListener;
import dev.usher.gateway.journal.SqliteJournal;
import dev.usher.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFilesIT {

  @TempDir private Path folder;

  @Test
  void restoreIsRefusedWhileAGatewayUsesTheFolder() throws Exception {
    Path backup = emptyJournal();
    try (DataFolder used = DataFolder.lock(data(), "gateway")) {
      assertThatThrownBy(() -> restore(backup, Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(used.path() + " is in use by process")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
    }
    assertThat(data().resolve("gateway/journal.db")).doesNotExist();
  }

  @Test
  void journalGoesWhereTheSettingsSay() throws Exception {
    Path backup = emptyJournal();

    JournalRestore.Restored usual = restore(backup, Map.of());
    JournalRestore.Restored other = restore(backup, Map.of("USHER_JOURNAL_URL", "sqlite:other.db"));

    assertThat(usual.journal()).isEqualTo(data().resolve("gateway/journal.db")).exists();
    assertThat(usual.hasKey()).isFalse();
    assertThat(other.journal()).isEqualTo(data().resolve("gateway/other.db")).exists();
  }

  private JournalRestore.Restored restore(Path backup, Map<String, String> environment)
      throws IOException, InvalidSettings {
    Path config = Files.createDirectories(folder.resolve("config"));
    return new JournalFiles(environment).restore(config, data(), backup);
  }

  private Path emptyJournal() throws Exception {
    Path file = folder.resolve("backup.db");
    SqliteJournal.open(
            file,
            0,
            new ManualLoop(),
            new CommitListener() {
              @Override
              public void committed(int changes, long nanos) {}

              @Override
              public void reopened() {}
            })
        .close();
    return file;
  }

  private Path data() {
    return folder.resolve("data");
  }
}
