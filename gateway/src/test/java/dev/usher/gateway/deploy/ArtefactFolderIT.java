package dev.usher.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.wire.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactFolderIT {

  @TempDir private Path temporary;
  private Path place;
  private ArtefactFolder folder;

  @BeforeEach
  void open() {
    place = temporary.resolve("artefacts");
    folder = new ArtefactFolder(place);
  }

  @Test
  void aFileIsKeptUnderItsChecksumForThisUserAlone() throws IOException {
    String checksum = keep("hello");

    assertThat(checksum)
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(place).isDirectoryContaining(file -> file.endsWith(checksum));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve(checksum))))
        .isEqualTo("rw-------");
    assertThat(keep("hello")).as("the same once more").isEqualTo(checksum);
    try (var files = Files.list(place)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void itIsReadPieceByPieceToAnEmptyOne() throws IOException {
    String checksum = keep("hello");

    assertThat(folder.read(checksum, 0, 3)).asString().isEqualTo("hel");
    assertThat(folder.read(checksum, 3, 3)).asString().isEqualTo("lo");
    assertThat(folder.read(checksum, 5, 3)).isEmpty();
  }

  @Test
  void nothingButItsOwnFilesIsRead() throws IOException {
    Files.writeString(temporary.resolve("secret"), "x");

    assertThatThrownBy(() -> folder.read("../secret", 0, 3))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> folder.read("0".repeat(64), 0, 3))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatIsUnfinishedOrUnknownGoesAtTheStart() throws IOException {
    String kept = keep("kept");
    String unknown = keep("unknown");
    Path unfinished = folder.room();

    folder.sweep(Set.of(kept));

    assertThat(folder.has(kept)).isTrue();
    assertThat(folder.has(unknown)).isFalse();
    assertThat(unfinished).doesNotExist();
  }

  private String keep(String text) throws IOException {
    Path file = Files.writeString(folder.room(), text);
    String checksum = Checksum.of(file);
    folder.keep(file, checksum);
    return checksum;
  }
}
