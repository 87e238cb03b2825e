package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.SignupState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves what comes after a delivery, in the transaction that moved that one. Lives on the writer
 * thread.
 *
 * <p>A delivery that comes after another one is <i>held</i> (pending, lane {@link Lane#HELD}) as
 * long as that one is open, and dead with cause {@link Cause#AFTER} as long as that one is dead or
 * cancelled; so are those that come after it in turn. Rows are moved one by one, each with its
 * place in the books, so that the signup's state before and after each of them is right.
 */
final class Successors {

  private static final String SELECT =
      """
      SELECT delivery.action, name, required, state, lane, cause, delay
      FROM delivery JOIN action ON no = delivery.action WHERE seq = ? AND after = ?
      """;
  private static final String SELECT_PREDECESSOR =
      """
      SELECT other.state FROM delivery AS own
      JOIN delivery AS other ON other.seq = own.seq AND other.action = own.after
      WHERE own.seq = ? AND own.action = ?
      """;
  private static final String MOVE =
      """
      UPDATE delivery SET state = ?, lane = ?, due = ?, cause = ?, reason = ?, rev = rev + 1
      WHERE seq = ? AND action = ?
      """;

  private final PreparedStatement select;
  private final PreparedStatement selectPredecessor;
  private final PreparedStatement move;
  private final Books books;
  private final SignupBooks signups;

  Successors(Connection connection, Books books, SignupBooks signups) throws SQLException {
    this.select = connection.prepareStatement(SELECT);
    this.selectPredecessor = connection.prepareStatement(SELECT_PREDECESSOR);
    this.move = connection.prepareStatement(MOVE);
    this.books = books;
    this.signups = signups;
  }

  /** The delivery whose end or revival moves others: of this signup, by its action. */
  record Predecessor(long seq, int action, String name) {}

  /**
   * A delivery ended like this, or may be attempted again: moves what comes after it.
   *
   * @param applied what the change to that delivery itself did
   * @param at when it ended; delays count from here
   */
  Applied follow(Predecessor moved, DeliveryState state, Instant at, Applied applied)
      throws SQLException {
    if (!books.isFollowed(moved.action())) {
      return applied;
    }
    Moves moves = new Moves(moved.seq(), at);
    switch (state) {
      case SUCCEEDED -> moves.release(moved);
      case DEAD, CANCELLED -> moves.fail(moved, state);
      case PENDING, RUNNING -> moves.holdAgain(moved);
    }
    return moves.with(applied);
  }

  /** Where the delivery stands that this one comes after; empty where it comes after none. */
  Optional<DeliveryState> predecessor(long seq, int action) throws SQLException {
    selectPredecessor.setLong(1, seq);
    selectPredecessor.setInt(2, action);
    try (ResultSet row = selectPredecessor.executeQuery()) {
      return row.next() ? Optional.of(Codes.STATES.get(row.getInt(1))) : Optional.empty();
    }
  }

  private record Row(
      int action, String name, boolean required, DeliveryState state, Lane lane, long delay) {

    Books.Kind kind() {
      return Books.Kind.of(state, lane);
    }
  }

  private record Standing(DeliveryState state, Lane lane, Instant due, Optional<String> reason) {

    static final Standing HELD =
        new Standing(DeliveryState.PENDING, Lane.HELD, Instant.EPOCH, Optional.empty());
  }

  /** What moves in one signup because of one change. */
  private final class Moves {

    private final long seq;
    private final Instant at;
    private final List<Applied.Successor> moved = new ArrayList<>();
    private Optional<SignupState> became = Optional.empty();

    Moves(long seq, Instant at) {
      this.seq = seq;
      this.at = at;
    }

    void release(Predecessor succeeded) throws SQLException {
      for (Row row : rows(succeeded)) {
        Instant due = at.plusMillis(row.delay());
        move(row, new Standing(DeliveryState.PENDING, Lane.DELAYED, due, Optional.empty()));
        if (row.state() == DeliveryState.DEAD) {
          holdAgain(next(row));
        }
      }
    }

    void fail(Predecessor ended, DeliveryState state) throws SQLException {
      String reason = ended.name() + " is " + state.word();
      for (Row row : rows(ended)) {
        if (row.state() == DeliveryState.PENDING) {
          move(row, new Standing(DeliveryState.DEAD, Lane.HELD, at, Optional.of(reason)));
          fail(next(row), DeliveryState.DEAD);
        }
      }
    }

    void holdAgain(Predecessor revived) throws SQLException {
      for (Row row : rows(revived)) {
        if (row.state() == DeliveryState.DEAD) {
          move(row, Standing.HELD);
          holdAgain(next(row));
        }
      }
    }

    /** What the first change did, with what followed. */
    Applied with(Applied applied) {
      if (moved.isEmpty()) {
        return applied;
      }
      moved.addAll(0, applied.successors());
      return new Applied(true, became.isPresent() ? became : applied.became(), moved);
    }

    private Predecessor next(Row row) {
      return new Predecessor(seq, row.action(), row.name());
    }

    private void move(Row row, Standing to) throws SQLException {
      update(seq, row.action(), to);
      Books.Kind kind = Books.Kind.of(to.state(), to.lane());
      Optional<SignupState> now =
          signups.moved(seq, row.action(), row.required(), row.kind(), kind).became();
      became = now.isPresent() ? now : became;
      moved.add(new Applied.Successor(row.name(), row.required(), to.state(), to.lane(), to.due()));
    }

    /** Those that wait for this one: held, or dead because it was. */
    private List<Row> rows(Predecessor predecessor) throws SQLException {
      select.setLong(1, seq);
      select.setInt(2, predecessor.action());
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (isWaiting(row)) {
            rows.add(row(row));
          }
        }
      }
      return rows;
    }
  }

  private static boolean isWaiting(ResultSet row) throws SQLException {
    int state = row.getInt(4);
    boolean isHeld =
        state == Codes.STATES.indexOf(DeliveryState.PENDING)
            && row.getInt(5) == Codes.LANES.indexOf(Lane.HELD);
    boolean isDeadByIt =
        state == Codes.STATES.indexOf(DeliveryState.DEAD)
            && row.getInt(6) == Codes.CAUSES.indexOf(Cause.AFTER);
    return isHeld || isDeadByIt;
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getInt(1),
        row.getString(2),
        row.getBoolean(3),
        Codes.STATES.get(row.getInt(4)),
        Codes.LANES.get(row.getInt(5)),
        row.getLong(7));
  }

  private void update(long seq, int action, Standing to) throws SQLException {
    move.setInt(1, Codes.STATES.indexOf(to.state()));
    move.setInt(2, Codes.LANES.indexOf(to.lane()));
    move.setLong(3, to.due().toEpochMilli());
    if (to.state() == DeliveryState.DEAD) {
      move.setInt(4, Codes.CAUSES.indexOf(Cause.AFTER));
    } else {
      move.setNull(4, Types.INTEGER);
    }
    move.setString(5, to.reason().orElse(null));
    move.setLong(6, seq);
    move.setInt(7, action);
    move.executeUpdate();
  }
}
