package dev.usher.gateway.deploy;

import dev.usher.cluster.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The files of hot-deployed handlers, for this user alone, each under its checksum. A file has that
 * name only once it is whole and synced. Every method blocks.
 */
final class ArtefactFolder {

  private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;

  ArtefactFolder(Path folder) {
    this.folder = folder;
  }

  /** Where a file may be written that is on its way: empty, under a name of its own. */
  Path room() throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("." + UUID.randomUUID() + ".unfinished");
    PrivateFiles.make(file);
    return file;
  }

  /** Keeps a file that is whole, under its checksum; one that is there already stays. */
  void keep(Path file, String checksum) throws IOException {
    Path kept = folder.resolve(checksum);
    if (Files.exists(kept)) {
      Files.delete(file);
      return;
    }
    sync(file);
    Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  /** Drops a file that nobody wants any more; it may be gone already. */
  void drop(String checksum) throws IOException {
    boolean unused = Files.deleteIfExists(folder.resolve(checksum));
  }

  boolean has(String checksum) {
    return Files.exists(folder.resolve(checksum));
  }

  /** Removes what is unfinished, and every file but these. */
  void sweep(Set<String> wanted) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!wanted.contains(String.valueOf(file.getFileName()))) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * Reads a piece of a file; empty at its end.
   *
   * @throws NoSuchFileException when there is none of this checksum
   */
  byte[] read(String checksum, long offset, int most) throws IOException {
    if (!CHECKSUM.matcher(checksum).matches()) {
      throw new NoSuchFileException(checksum);
    }
    ByteBuffer piece = ByteBuffer.allocate(most);
    try (FileChannel file = FileChannel.open(folder.resolve(checksum), StandardOpenOption.READ)) {
      long at = Math.max(0, offset);
      for (int read = 0; read >= 0 && piece.hasRemaining(); ) {
        read = file.read(piece, at + piece.position());
      }
    }
    piece.flip();
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return bytes;
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
