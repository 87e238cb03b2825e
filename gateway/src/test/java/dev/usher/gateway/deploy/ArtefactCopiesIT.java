package dev.usher.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactCopiesIT {

  @TempDir private Path folder;
  private Path from;
  private Path to;

  @BeforeEach
  void makeFolder() throws IOException {
    from = Files.createDirectories(folder.resolve("artefacts"));
    to = ArtefactCopies.beside(folder.resolve("backup.db"));
  }

  @Test
  void filesAreBroughtUnderTheirChecksumsAndThoseThatAreThereStay() throws IOException {
    Artefact one = version(1, "one");
    Artefact two = version(2, "two");

    assertThat(ArtefactCopies.bring(List.of(one), from, to)).isEmpty();
    Files.delete(from.resolve(one.content().checksum()));
    assertThat(ArtefactCopies.bring(List.of(one, two, two), from, to)).isEmpty();

    assertThat(to).hasFileName("backup.db.artefacts");
    assertThat(to.resolve(one.content().checksum())).hasContent("one");
    assertThat(names(to))
        .containsExactlyInAnyOrder(one.content().checksum(), two.content().checksum());
  }

  @Test
  void whatIsMissingOrDamagedIsNamedAndNotBrought() throws IOException {
    Artefact missing = version(1, "one");
    Artefact damaged = version(2, "two");
    Artefact whole = version(3, "three");
    Files.delete(from.resolve(missing.content().checksum()));
    Files.writeString(from.resolve(damaged.content().checksum()), "owt");

    assertThat(ArtefactCopies.bring(List.of(missing, damaged, whole), from, to))
        .containsExactly(missing, damaged);
    assertThat(names(to)).containsExactly(whole.content().checksum());
  }

  @Test
  void withoutAnyVersionNoFolderIsMade() throws IOException {
    assertThat(ArtefactCopies.bring(List.of(), from, to)).isEmpty();
    assertThat(to).doesNotExist();
  }

  private Artefact version(int number, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), text);
    String checksum = Checksum.of(file);
    Files.move(file, from.resolve(checksum));
    Artefact.Content content =
        new Artefact.Content("crm.py", checksum, text.length(), "", Map.of(), false);
    return new Artefact(
        "crm", number, content, Made.ORIGIN, Artefact.State.CURRENT, Artefact.WHOLE, "");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
