package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Deliveries planned for past signups, in the transaction under way. Lives on the writer thread.
 */
final class BackfillWriter {

  private static final String INSERT =
      """
      INSERT INTO delivery (seq, action, required, state, lane, due, attempts)
      SELECT seq, ?2, 0, 0, ?3, ?4, 0 FROM signup WHERE seq = ?1 AND payload IS NOT NULL
      ON CONFLICT DO NOTHING
      """;

  private final ActionNumbers actions;
  private final Books books;
  private final PreparedStatement insert;

  BackfillWriter(Connection connection, ActionNumbers actions, Books books) throws SQLException {
    this.actions = actions;
    this.books = books;
    insert = connection.prepareStatement(INSERT);
  }

  Applied apply(Change.Backfill change) throws SQLException {
    int action = actions.of(change.action());
    insert.setLong(1, change.seq());
    insert.setInt(2, action);
    insert.setInt(3, Codes.LANES.indexOf(change.lane()));
    insert.setLong(4, change.due().toEpochMilli());
    if (insert.executeUpdate() == 0) {
      return Applied.NOTHING;
    }
    books.planned(action, Books.Kind.pending(change.lane()));
    return Applied.MOVED;
  }
}
