package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes old signups to which nothing is owed any more, in the transaction under way. The totals
 * stay. Lives on the writer thread.
 */
final class PurgeWriter {

  private static final String OLDEST =
      """
      SELECT seq, accepted_at, EXISTS (
        SELECT 1 FROM delivery WHERE delivery.seq = signup.seq AND state NOT IN (2, 4))
      FROM signup WHERE seq > ? ORDER BY seq LIMIT ?
      """;
  private static final String REMOVABLE =
      """
      SELECT 1 FROM signup WHERE seq = ?1 AND NOT EXISTS (
        SELECT 1 FROM delivery WHERE delivery.seq = ?1 AND state NOT IN (2, 4))
      """;
  private static final String[] TABLES = {"result", "attempt", "delivery", "signup"};

  private final PreparedStatement oldest;
  private final PreparedStatement removable;
  private final List<PreparedStatement> deletes = new ArrayList<>();

  /** Everything up to here was looked at in this round: what is kept must not be met each time. */
  private long cursor;

  PurgeWriter(Connection connection) throws SQLException {
    oldest = connection.prepareStatement(OLDEST);
    removable = connection.prepareStatement(REMOVABLE);
    for (String table : TABLES) {
      deletes.add(connection.prepareStatement("DELETE FROM " + table + " WHERE seq = ?"));
    }
  }

  Applied apply(Change.Purge change) throws SQLException {
    long begin = cursor;
    for (long seq : removable(change)) {
      delete(seq);
    }
    if (cursor == begin) {
      cursor = 0;
      return Applied.NOTHING;
    }
    return Applied.MOVED;
  }

  Applied apply(Change.Remove change) throws SQLException {
    removable.setLong(1, change.seq());
    try (ResultSet row = removable.executeQuery()) {
      if (!row.next()) {
        return Applied.NOTHING;
      }
    }
    delete(change.seq());
    return Applied.MOVED;
  }

  private void delete(long seq) throws SQLException {
    for (PreparedStatement delete : deletes) {
      delete.setLong(1, seq);
      delete.executeUpdate();
    }
  }

  private List<Long> removable(Change.Purge change) throws SQLException {
    List<Long> found = new ArrayList<>();
    oldest.setLong(1, cursor);
    oldest.setInt(2, change.limit());
    try (ResultSet row = oldest.executeQuery()) {
      while (row.next() && row.getLong(2) < change.before().toEpochMilli()) {
        cursor = row.getLong(1);
        if (!row.getBoolean(3)) {
          found.add(cursor);
        }
      }
    }
    return found;
  }
}
