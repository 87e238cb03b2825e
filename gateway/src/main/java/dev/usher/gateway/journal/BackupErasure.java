package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Change;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is erased in the journal out of the backups that the gateway made of it. Each backup
 * is rewritten as a copy that then takes its place, so that a crash leaves the one or the other.
 * Blocks.
 */
final class BackupErasure {

  private static final Logger LOG = LoggerFactory.getLogger(BackupErasure.class);

  /** Of the backup that is open; what it shares with the journal is found by id. */
  private static final String LEFT =
      """
      SELECT kept.seq, live.erased_at
      FROM live.signup AS live INDEXED BY erased CROSS JOIN main.signup AS kept USING (id)
      WHERE live.erased_at IS NOT NULL AND kept.erased_at IS NULL
      """;

  private final Database journal;

  BackupErasure(Database journal) {
    this.journal = journal;
  }

  /**
   * Rewrites every backup that still holds an erased signup.
   *
   * @throws SQLException naming the backup that can't be rewritten
   */
  void run() throws SQLException {
    for (Path backup : backups()) {
      try {
        List<Change.Erase> left = left(backup);
        if (!left.isEmpty()) {
          rewrite(backup, left);
          LOG.info("{} erased signups taken out of {}", left.size(), backup);
        }
      } catch (SQLException | IOException e) {
        throw new SQLException("the backup " + backup + " can't be rewritten", e);
      }
    }
  }

  private List<Path> backups() throws SQLException {
    List<Path> found = new ArrayList<>();
    add(found, journal.backups(), "*.db");
    Path folder = journal.file().toAbsolutePath().resolveSibling("");
    add(found, folder, journal.file().getFileName() + ".*.backup");
    // What a restore put aside.
    add(found, folder, journal.file().getFileName() + ".before-*Z");
    return found;
  }

  private static void add(List<Path> found, Path folder, String pattern) throws SQLException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new SQLException("the backups in " + folder + " can't be listed", e);
    }
  }

  private List<Change.Erase> left(Path backup) throws SQLException {
    List<Change.Erase> left = new ArrayList<>();
    try (Connection connection = new Database(backup).openForReading()) {
      try (PreparedStatement attach = connection.prepareStatement("ATTACH ? AS live")) {
        attach.setString(1, journal.file().toString());
        attach.execute();
      }
      try (PreparedStatement query = connection.prepareStatement(LEFT);
          ResultSet row = query.executeQuery()) {
        while (row.next()) {
          // Its handlers were told by the journal itself.
          Instant at = Instant.ofEpochMilli(row.getLong(2));
          left.add(new Change.Erase(row.getLong(1), "", at, List.of()));
        }
      }
    }
    return left;
  }

  private static void rewrite(Path backup, List<Change.Erase> erasures)
      throws SQLException, IOException {
    Path copy = Unfinished.of(backup);
    try {
      Files.copy(
          backup, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      erase(copy, erasures);
      try (FileChannel written =
          FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        FreeBytes free = new FreeBytes(written);
        free.clear(free.used());
      }
      Files.move(copy, backup, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** As in the journal, so that a gateway started on this backup owes an erased signup nothing. */
  private static void erase(Path copy, List<Change.Erase> erasures) throws SQLException {
    try (Connection connection = new Database(copy).openForWriting();
        Writer writer = new Writer(connection)) {
      for (Change.Erase erasure : erasures) {
        var unused = writer.apply(erasure);
      }
      writer.commit();
      connection.setAutoCommit(true);
      // One file again: closing takes the log away too.
      Database.execute(connection, "PRAGMA journal_mode=DELETE");
    }
  }
}
