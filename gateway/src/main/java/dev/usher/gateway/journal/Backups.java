package dev.usher.gateway.journal;

import dev.usher.cluster.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Copies of the journal made while it is written, in a folder of their own, for this user alone.
 * Each is what one moment's commits left, compact and without anything that was deleted. A file has
 * its name only once it is whole and synced; erasure finds every copy as {@code *.db} there.
 */
final class Backups {

  private final Database database;
  private final Path folder;

  Backups(Database database, Path folder) {
    this.database = database;
    this.folder = folder;
  }

  /**
   * Makes one; blocks for as long as it takes, which is no time that a commit waits.
   *
   * @throws IOException when the folder or the file can't be written
   * @throws SQLException when the journal can't be read, or the disk is full
   */
  Backup make(String name) throws IOException, SQLException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name);
    Path unfinished = Unfinished.of(file);
    try {
      PrivateFiles.make(unfinished);
      copyTo(unfinished);
      sync(unfinished);
      return new Backup(
          Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE), Files.size(file));
    } finally {
      boolean unused = Files.deleteIfExists(unfinished);
    }
  }

  /** Removes what a process that died left unfinished: it may hold what is erased since. */
  void sweep() throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> left =
          Files.newDirectoryStream(folder, "*" + Unfinished.SUFFIX + "*")) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
    }
  }

  private void copyTo(Path file) throws SQLException {
    try (Connection connection = database.openForCopying();
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, file.toString());
      copy.executeUpdate();
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.force(true);
    }
  }
}
