package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeliveryState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Makes dead letters of deliveries that can't be decoded, unless they have ended. Lives on the
 * writer thread.
 */
final class Burial {

  private static final String SELECT =
      "SELECT state, lane, required, outcome, cause FROM delivery WHERE seq = ? AND action = ?";
  private static final String BURY =
      """
      UPDATE delivery SET state = 3, due = ?, cause = ?, reason = ?, rev = rev + 1
      WHERE seq = ? AND action = ?
      """;

  private final Connection connection;
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
    this.connection = connection;
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
    Books.Kind from;
    boolean isRequired;
    try (ResultSet row = select.executeQuery()) {
      if (!row.next() || isSettled(row)) {
        return Applied.NOTHING;
      }
      from = countedAs(row, action);
      isRequired = row.getBoolean(3);
    }
    update(change, action);
    books.moved(action, from, Books.Kind.DEAD);
    Applied applied =
        isRequired ? signups.moved(change.seq(), from.state(), DeliveryState.DEAD) : Applied.MOVED;
    return successors.follow(
        new Successors.Predecessor(change.seq(), action, change.action()),
        DeliveryState.DEAD,
        change.at(),
        applied);
  }

  private static boolean isSettled(ResultSet row) throws SQLException {
    return Codes.isState(row.getInt(1)) && !Codes.state(row.getInt(1)).isOpen();
  }

  private Books.Kind countedAs(ResultSet row, int action) throws SQLException {
    int state = row.getInt(1);
    int lane = row.getInt(2);
    return Strays.isStray(state, lane)
        ? Strays.countedAs(connection, books, action, ended(row))
        : Books.Kind.of(Codes.state(state), Codes.lane(lane));
  }

  /** What it was before its state was broken, if it was not open any more. */
  private static Books.Kind ended(ResultSet row) throws SQLException {
    if (row.getObject(5) != null) {
      return Books.Kind.DEAD;
    }
    boolean isDone = row.getObject(4) != null && row.getInt(4) == 0;
    return isDone ? Books.Kind.SUCCEEDED : Books.Kind.CANCELLED;
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
