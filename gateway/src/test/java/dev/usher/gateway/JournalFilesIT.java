package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.cluster.DataFolder;
import dev.usher.gateway.cli.ConfigCheck;
import dev.usher.gateway.cli.JournalRestore;
import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.journal.CommitListener;
import dev.usher.gateway.journal.SqliteJournal;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.Change;
import dev.usher.settings.InvalidSettings;
import dev.usher.wire.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Test
  void filesOfHandlersComeWithTheBackupAndThoseThatAreMissingAreNamed() throws Exception {
    Path own = Files.createDirectories(folder.resolve("first/gateway/artefacts"));
    Artefact version = version(Files.writeString(folder.resolve("crm.py"), "code"));
    Path file = Files.move(folder.resolve("crm.py"), own.resolve(version.content().checksum()));
    Path backup = emptyJournal(version);

    HandlerFiles kept = HandlerFiles.keptWith(backup, own.resolveSibling(""));
    Files.delete(file);
    JournalRestore.Restored whole = restore(backup, Map.of());

    assertThat(kept.missing()).isEmpty();
    assertThat(kept.folder()).isEqualTo(folder.resolve("backup.db.artefacts"));
    assertThat(whole.missing()).isEmpty();
    Path restored = data().resolve("gateway/artefacts/" + version.content().checksum());
    assertThat(restored).hasContent("code");
    assertThat(fileless()).isEmpty();

    Files.delete(restored);
    Files.delete(kept.folder().resolve(version.content().checksum()));
    assertThat(restore(backup, Map.of("USHER_JOURNAL_URL", "sqlite:other.db")).missing())
        .containsExactly("crm version 1 (crm.py, current)");
    assertThat(fileless())
        .containsExactly(new ConfigCheck.Fileless("crm version 1", "crm.py", true));
  }

  private List<ConfigCheck.Fileless> fileless() throws Exception {
    return new ConfigFiles(Map.of()).fileless(folder.resolve("config"), data());
  }

  private static Artefact version(Path file) throws IOException {
    return new Artefact(
        "crm",
        1,
        new Artefact.Content("crm.py", Checksum.of(file), Files.size(file), "", Map.of(), false),
        new Artefact.Origin(Instant.EPOCH, "anna"),
        Artefact.State.CURRENT,
        Artefact.WHOLE,
        "");
  }

  private JournalRestore.Restored restore(Path backup, Map<String, String> environment)
      throws IOException, InvalidSettings {
    Path config = Files.createDirectories(folder.resolve("config"));
    return new JournalFiles(environment).restore(config, data(), backup);
  }

  private Path emptyJournal(Artefact... deployed) throws Exception {
    Path file = folder.resolve("backup.db");
    ManualLoop loop = new ManualLoop();
    SqliteJournal journal =
        SqliteJournal.open(
            file,
            0,
            loop,
            new CommitListener() {
              @Override
              public void committed(int changes, long nanos) {}

              @Override
              public void reopened() {}
            });
    var written = journal.write(new Change.Deploy(List.of(deployed), List.of(), Optional.empty()));
    loop.until(written::isComplete);
    journal.close();
    return file;
  }

  private Path data() {
    return folder.resolve("data");
  }
}
