package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Repair;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What people do to dead letters, in the transaction under way. Lives on the writer thread. */
final class DeadLetterWriter {

  private static final String KEEP_ATTEMPT =
      """
      INSERT INTO attempt (seq, action, n, started, took, instance, outcome, reason)
      SELECT seq, action, attempts, started, took, instance, outcome, reason
      FROM delivery WHERE seq = ? AND action = ? AND state = 3 AND outcome IS NOT NULL
      """;
  private static final String REDRIVE =
      """
      UPDATE delivery SET state = 0, lane = ?4, due = ?1, attempts = 0, since = NULL, took = NULL,
        outcome = NULL, reason = NULL, cause = NULL, unwanted = 0, rev = rev + 1
      WHERE seq = ?2 AND action = ?3 AND state = 3
      RETURNING required
      """;
  private static final String END =
      """
      UPDATE delivery SET state = ?1, cause = NULL, rev = rev + 1
      WHERE seq = ?2 AND action = ?3 AND state = 3
      RETURNING required
      """;

  private final ActionNumbers actions;
  private final SignupBooks signups;
  private final Successors successors;
  private final PreparedStatement keepAttempt;
  private final PreparedStatement redrive;
  private final PreparedStatement end;

  DeadLetterWriter(
      Connection connection, ActionNumbers actions, SignupBooks signups, Successors successors)
      throws SQLException {
    this.actions = actions;
    this.signups = signups;
    this.successors = successors;
    keepAttempt = connection.prepareStatement(KEEP_ATTEMPT);
    redrive = connection.prepareStatement(REDRIVE);
    end = connection.prepareStatement(END);
  }

  /** Does nothing where the delivery is no dead letter any more. */
  Applied apply(Change.Repair change) throws SQLException {
    int action = actions.of(change.action());
    return change.repair() == Repair.REDRIVE ? redrive(change, action) : end(change, action);
  }

  /**
   * One whose predecessor is open again is held, and one whose predecessor is dead stays dead: that
   * one is to be redriven, which revives this one. Where the predecessor was cancelled nothing else
   * could revive it, and it goes round.
   */
  private Applied redrive(Change.Repair change, int action) throws SQLException {
    Optional<DeliveryState> predecessor = successors.predecessor(change.seq(), action);
    if (predecessor.filter(state -> state == DeliveryState.DEAD).isPresent()) {
      return Applied.NOTHING;
    }
    boolean isHeld = predecessor.filter(DeliveryState::isOpen).isPresent();
    keepAttempt.setLong(1, change.seq());
    keepAttempt.setInt(2, action);
    keepAttempt.executeUpdate();
    Lane lane = isHeld ? Lane.HELD : Lane.REDRIVEN;
    redrive.setLong(1, isHeld ? 0 : change.at().toEpochMilli());
    redrive.setLong(2, change.seq());
    redrive.setInt(3, action);
    redrive.setInt(4, Codes.LANES.indexOf(lane));
    return moved(redrive, change, action, DeliveryState.PENDING, lane);
  }

  private Applied end(Change.Repair change, int action) throws SQLException {
    DeliveryState to =
        change.repair() == Repair.DISCARD ? DeliveryState.CANCELLED : DeliveryState.SUCCEEDED;
    end.setInt(1, Codes.STATES.indexOf(to));
    end.setLong(2, change.seq());
    end.setInt(3, action);
    return moved(end, change, action, to, Lane.REDRIVEN);
  }

  private Applied moved(
      PreparedStatement update, Change.Repair change, int action, DeliveryState to, Lane lane)
      throws SQLException {
    boolean isRequired;
    try (ResultSet row = update.executeQuery()) {
      if (!row.next()) {
        return Applied.NOTHING;
      }
      isRequired = row.getBoolean(1);
    }
    Applied applied =
        signups.moved(change.seq(), action, isRequired, Books.Kind.DEAD, Books.Kind.of(to, lane));
    return successors.follow(
        new Successors.Predecessor(change.seq(), action, change.action()),
        to,
        change.at(),
        applied);
  }
}
