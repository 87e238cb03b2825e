package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cancels deliveries, in the transaction under way. Lives on the writer thread. */
final class CancelWriter {

  private static final String CANCEL =
      """
      UPDATE delivery SET state = 4, rev = rev + 1
      WHERE seq = ? AND action = ? AND state = 0
      RETURNING lane, required
      """;

  /** The mark outlives a crash: what was running then is cancelled when it is found lost. */
  private static final String MARK =
      """
      UPDATE delivery SET unwanted = 1, rev = rev + 1
      WHERE seq = ? AND action = ? AND state = 1 AND unwanted = 0
      """;

  private static final String CANCEL_MARKED =
      "UPDATE delivery SET state = 4 WHERE seq = ? AND action = ? AND state = 0 AND unwanted = 1";

  private final ActionNumbers actions;
  private final SignupBooks signups;
  private final Successors successors;
  private final AuditWriter audits;
  private final PreparedStatement cancel;
  private final PreparedStatement mark;
  private final PreparedStatement cancelMarked;

  CancelWriter(
      Connection connection,
      ActionNumbers actions,
      SignupBooks signups,
      Successors successors,
      AuditWriter audits)
      throws SQLException {
    this.actions = actions;
    this.signups = signups;
    this.successors = successors;
    this.audits = audits;
    cancel = connection.prepareStatement(CANCEL);
    mark = connection.prepareStatement(MARK);
    cancelMarked = connection.prepareStatement(CANCEL_MARKED);
  }

  /**
   * Cancels what is pending and marks what runs; audited only where there was any of either. What
   * comes after a cancelled delivery follows once all that are meant are cancelled, for it may be
   * meant itself.
   */
  Applied apply(Change.Cancel change) throws SQLException {
    Applied all = Applied.NOTHING;
    List<Successors.Predecessor> cancelled = new ArrayList<>();
    for (String name : change.actions()) {
      int action = actions.of(name);
      Optional<Applied> ended = cancel(change.seq(), action);
      if (ended.isPresent()) {
        cancelled.add(new Successors.Predecessor(change.seq(), action, name));
      }
      Applied one = ended.isPresent() ? ended.get() : mark(change.seq(), action);
      all = one.moved() && (one.became().isPresent() || !all.moved()) ? one : all;
    }
    for (Successors.Predecessor predecessor : cancelled) {
      all = successors.follow(predecessor, DeliveryState.CANCELLED, change.audit().at(), all);
    }
    if (all.moved()) {
      var unused = audits.keep(change.audit());
    }
    return all;
  }

  /** Whether a delivery that came back for another attempt is cancelled instead. */
  boolean cancelsMarked(long seq, int action) throws SQLException {
    cancelMarked.setLong(1, seq);
    cancelMarked.setInt(2, action);
    return cancelMarked.executeUpdate() > 0;
  }

  /** Empty where there is nothing pending. */
  private Optional<Applied> cancel(long seq, int action) throws SQLException {
    cancel.setLong(1, seq);
    cancel.setInt(2, action);
    Lane lane;
    boolean isRequired;
    try (ResultSet row = cancel.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      lane = Codes.LANES.get(row.getInt(1));
      isRequired = row.getBoolean(2);
    }
    return Optional.of(
        signups.moved(seq, action, isRequired, Books.Kind.pending(lane), Books.Kind.CANCELLED));
  }

  private Applied mark(long seq, int action) throws SQLException {
    mark.setLong(1, seq);
    mark.setInt(2, action);
    return mark.executeUpdate() > 0 ? Applied.MOVED : Applied.NOTHING;
  }
}
