package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeliveryState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes dead letters of open deliveries that can't be decoded. Lives on the writer thread. */
final class Burial {

  private static final String SELECT =
      "SELECT state, lane, required FROM delivery WHERE seq = ? AND action = ? AND state < 2";
  private static final String BURY =
      """
      UPDATE delivery SET state = 3, due = ?, cause = ?, reason = ?, rev = rev + 1
      WHERE seq = ? AND action = ?
      """;

  private final PreparedStatement select;
  private final PreparedStatement bury;
  private final ActionNumbers actions;
  private final Books books;
  private final SignupBooks signups;
  private final Successors successors;

  Burial(
      Connection connection,
      ActionNumbers actions,
      Books books,
      SignupBooks signups,
      Successors successors)
      throws SQLException {
    this.select = connection.prepareStatement(SELECT);
    this.bury = connection.prepareStatement(BURY);
    this.actions = actions;
    this.books = books;
    this.signups = signups;
    this.successors = successors;
  }

  /** Does nothing where the delivery is not open any more. */
  Applied apply(Change.Bury change) throws SQLException {
    int action = actions.of(change.action());
    select.setLong(1, change.seq());
    select.setInt(2, action);
    DeliveryState from;
    Books.Kind kind;
    boolean isRequired;
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Applied.NOTHING;
      }
      from = Codes.STATES.get(row.getInt(1));
      // A running one is counted as such whatever its lane says.
      kind =
          from == DeliveryState.RUNNING
              ? Books.Kind.RUNNING
              : Books.Kind.pending(Codes.LANES.get(row.getInt(2)));
      isRequired = row.getBoolean(3);
    }
    update(change, action);
    books.moved(action, kind, Books.Kind.DEAD);
    Applied applied =
        isRequired ? signups.moved(change.seq(), from, DeliveryState.DEAD) : Applied.MOVED;
    return successors.follow(
        new Successors.Predecessor(change.seq(), action, change.action()),
        DeliveryState.DEAD,
        change.at(),
        applied);
  }

  private void update(Change.Bury change, int action) throws SQLException {
    bury.setLong(1, change.at().toEpochMilli());
    bury.setInt(2, Codes.CAUSES.indexOf(Cause.CORRUPT));
    bury.setString(3, change.reason());
    bury.setLong(4, change.seq());
    bury.setInt(5, action);
    bury.executeUpdate();
  }
}
