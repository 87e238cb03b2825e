package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/**
 * Makes dead letters of deliveries that can't be decoded, unless they have ended. Lives on the
 * writer thread.
 */
final class Burial {

  private static final String SELECT =
      "SELECT state, lane, required, outcome, cause FROM delivery WHERE seq = ? AND action = ?";
  private static final String BURY =
      """
      UPDATE delivery SET state = ?, due = ?, cause = ?, reason = ?, rev = rev + 1
      WHERE seq = ? AND action = ?
      """;

  private final Connection connection;
  private final PreparedStatement select;
  private final PreparedStatement bury;
  private final ActionNumbers actions;
  private final Books books;
  private final SignupBooks signups;
  private final Successors successors;
  private final ErasureWriter erasures;

  Burial(
      Connection connection,
      ActionNumbers actions,
      Books books,
      SignupBooks signups,
      Successors successors,
      ErasureWriter erasures)
      throws SQLException {
    this.connection = connection;
    this.select = connection.prepareStatement(SELECT);
    this.bury = connection.prepareStatement(BURY);
    this.actions = actions;
    this.books = books;
    this.signups = signups;
    this.successors = successors;
    this.erasures = erasures;
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
    // Without its payload nobody could send it again.
    DeliveryState to =
        erasures.ended(change.seq(), action) ? DeliveryState.CANCELLED : DeliveryState.DEAD;
    update(change, action, to);
    Applied applied =
        signups.moved(change.seq(), action, isRequired, from, Books.Kind.of(to, Lane.TIMED));
    return successors.follow(
        new Successors.Predecessor(change.seq(), action, change.action()),
        to,
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

  private void update(Change.Bury change, int action, DeliveryState to) throws SQLException {
    bury.setInt(1, Codes.STATES.indexOf(to));
    bury.setLong(2, change.at().toEpochMilli());
    if (to == DeliveryState.DEAD) {
      bury.setInt(3, Codes.CAUSES.indexOf(Cause.CORRUPT));
      bury.setString(4, change.reason());
    } else {
      bury.setNull(3, Types.INTEGER);
      bury.setNull(4, Types.VARCHAR);
    }
    bury.setLong(5, change.seq());
    bury.setInt(6, action);
    bury.executeUpdate();
  }
}
