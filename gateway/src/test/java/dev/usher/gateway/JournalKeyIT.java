package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.gateway.pipeline.Macs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalKeyIT {

  @TempDir Path folder;

  @Test
  void keyIsMadeAtTheFirstStartAndKept() throws IOException {
    byte[] first = JournalKey.in(folder).of(Macs.Purpose.PERSON, "ada@example.org");
    byte[] second = JournalKey.in(folder).of(Macs.Purpose.PERSON, "ada@example.org");

    assertThat(second).isEqualTo(first).hasSize(Macs.BYTES);
  }

  @Test
  void twoFoldersHaveTwoKeys() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));

    assertThat(JournalKey.in(folder).of(Macs.Purpose.BODY, "{}"))
        .isNotEqualTo(JournalKey.in(other).of(Macs.Purpose.BODY, "{}"));
  }

  @Test
  void onlyThisUserMayReadIt() throws IOException {
    JournalKey.in(folder);

    assertThat(folder).isDirectoryContaining(file -> file.endsWith("journal.key"));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("journal.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void brokenKeyIsNeverReplaced() throws IOException {
    Files.writeString(folder.resolve("journal.key"), "c2hvcnQ\n");

    assertThatThrownBy(() -> JournalKey.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no journal key; put it back from a backup");
    assertThat(folder.resolve("journal.key")).hasContent("c2hvcnQ");
  }
}
