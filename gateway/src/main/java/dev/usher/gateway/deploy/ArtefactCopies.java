package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.Checksum;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of hot-deployed handlers in two folders: where the runners get them from, and beside a
 * backup. As a file never changes, one that is there already stays, and on one disk both are the
 * same. Every method blocks.
 */
public final class ArtefactCopies {

  private final Path from;
  private final Path to;

  private ArtefactCopies(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /** Where the files are that belong to a backup. */
  public static Path beside(Path backup) {
    return backup.resolveSibling(backup.getFileName() + ".artefacts");
  }

  /**
   * Sees to it that a folder has the files of these versions.
   *
   * @param from the folder that should have them
   * @return the versions whose file neither folder has whole
   * @throws IOException when a file can't be written
   */
  public static List<Artefact> bring(List<Artefact> versions, Path from, Path to)
      throws IOException {
    ArtefactCopies copies = new ArtefactCopies(from, to);
    for (Artefact version : versions) {
      copies.bring(version.content());
    }
    return missing(versions, to);
  }

  /** Those of these versions whose file is not in a folder. */
  public static List<Artefact> missing(List<Artefact> versions, Path folder) throws IOException {
    List<Artefact> missing = new ArrayList<>();
    for (Artefact version : versions) {
      if (!isThere(version.content(), folder)) {
        missing.add(version);
      }
    }
    return missing;
  }

  private void bring(Artefact.Content content) throws IOException {
    if (!isThere(content, to) && isThere(content, from)) {
      Path file = from.resolve(content.checksum());
      if (Checksum.of(file).equals(content.checksum())) {
        Files.createDirectories(to);
        Files.deleteIfExists(to.resolve(content.checksum()));
        linkOrCopy(file, content.checksum());
      }
    }
  }

  private void linkOrCopy(Path file, String checksum) throws IOException {
    try {
      var unused = Files.createLink(to.resolve(checksum), file);
    } catch (UnsupportedOperationException | FileSystemException otherDisk) {
      ArtefactFolder folder = new ArtefactFolder(to);
      Path room = folder.room();
      try {
        var unused =
            Files.copy(
                file,
                room,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        folder.keep(room, checksum);
      } finally {
        boolean unused = Files.deleteIfExists(room);
      }
    }
  }

  private static boolean isThere(Artefact.Content content, Path folder) throws IOException {
    Path file = folder.resolve(content.checksum());
    return Files.isRegularFile(file) && Files.size(file) == content.bytes();
  }
}
