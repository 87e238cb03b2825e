package dev.usher.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads the journal's numbers without counting rows one by one: keys of tables that only grow at
 * their end say nearly how many there are. Lives on the reader thread.
 */
final class StatsReader {

  static final String OLDEST_OPEN =
      """
      SELECT id, accepted_at FROM signup WHERE seq = (
        SELECT min(seq) FROM (
          SELECT * FROM (SELECT seq FROM delivery INDEXED BY running WHERE state = 1
            ORDER BY seq LIMIT 1)
          UNION ALL
          SELECT * FROM (SELECT seq FROM delivery INDEXED BY pending WHERE state = 0
            ORDER BY seq LIMIT 1)))
      """;

  private final Connection connection;

  StatsReader(Connection connection) {
    this.connection = connection;
  }

  JournalStats of(Database database) throws SQLException {
    return new JournalStats(
        database.file(),
        size(database.file()),
        size(database.wal()),
        Database.number(connection, "PRAGMA freelist_count")
            * Database.number(connection, "PRAGMA page_size"),
        (int) Database.number(connection, "PRAGMA user_version"),
        Database.number(connection, "SELECT coalesce(max(rowid), 0) FROM attempt"),
        Database.number(connection, "SELECT coalesce(max(no), 0) FROM audit"),
        oldestOpen());
  }

  private Optional<JournalStats.OldestOpen> oldestOpen() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OLDEST_OPEN);
        ResultSet row = query.executeQuery()) {
      return row.next()
          ? Optional.of(
              new JournalStats.OldestOpen(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
          : Optional.empty();
    }
  }

  private static long size(Path file) throws SQLException {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new SQLException("can't read the size of " + file, e);
    }
  }
}
