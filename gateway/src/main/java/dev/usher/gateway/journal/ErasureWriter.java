package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes everything of a person out of a signup, in the transaction under way. Lives on the writer
 * thread.
 *
 * <p>Deliveries that run meanwhile are remembered here until they end: their outcome counts, but
 * what the handler said is dropped and no attempt follows. After a restart the file says which.
 */
final class ErasureWriter {

  private static final String[] BLANK = {
    "UPDATE delivery SET reason = NULL WHERE seq = ? AND reason IS NOT NULL",
    "UPDATE attempt SET reason = NULL WHERE seq = ? AND reason IS NOT NULL",
    "DELETE FROM result WHERE seq = ?"
  };
  private static final String ERASE =
      """
      UPDATE signup SET erased_at = ?1, payload = NULL, person = NULL, idem = NULL, body_mac = NULL
      WHERE seq = ?2 AND erased_at IS NULL
      """;
  private static final String DELIVERIES =
      """
      SELECT action, name, required, state, lane, started
      FROM delivery JOIN action ON no = action WHERE seq = ?
      """;
  private static final String CANCEL =
      "UPDATE delivery SET state = 4, cause = NULL, rev = rev + 1 WHERE seq = ? AND action = ?";
  private static final String NOTIFY =
      """
      INSERT INTO delivery (seq, action, required, state, lane, due, attempts)
      VALUES (?, ?, 0, 0, ?, ?, 0) ON CONFLICT DO NOTHING
      """;
  private static final String RUNNING =
      """
      SELECT seq, delivery.action, name
      FROM delivery INDEXED BY running CROSS JOIN signup USING (seq)
        CROSS JOIN action ON no = delivery.action
      WHERE state = 1 AND erased_at IS NOT NULL
      """;

  private record Key(long seq, int action) {}

  private record Line(
      int action,
      String name,
      boolean required,
      DeliveryState state,
      Lane lane,
      Optional<Long> started) {}

  private final ActionNumbers actions;
  private final Books books;
  private final SignupBooks signups;
  private final PreparedStatement erase;
  private final PreparedStatement deliveries;
  private final PreparedStatement cancel;
  private final PreparedStatement notify;
  private final List<PreparedStatement> blank = new ArrayList<>();
  private final Set<Key> running = new HashSet<>();

  ErasureWriter(Connection connection, ActionNumbers actions, Books books, SignupBooks signups)
      throws SQLException {
    this.actions = actions;
    this.books = books;
    this.signups = signups;
    erase = connection.prepareStatement(ERASE);
    deliveries = connection.prepareStatement(DELIVERIES);
    cancel = connection.prepareStatement(CANCEL);
    notify = connection.prepareStatement(NOTIFY);
    for (String sql : BLANK) {
      blank.add(connection.prepareStatement(sql));
    }
    readRunning(connection);
  }

  private void readRunning(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(RUNNING)) {
      while (row.next()) {
        if (!Action.isNotice(row.getString(3))) {
          running.add(new Key(row.getLong(1), row.getInt(2)));
        }
      }
    }
  }

  Applied apply(Change.Erase change) throws SQLException {
    erase.setLong(1, change.at().toEpochMilli());
    erase.setLong(2, change.seq());
    if (erase.executeUpdate() == 0) {
      return Applied.NOTHING;
    }
    for (PreparedStatement statement : blank) {
      statement.setLong(1, change.seq());
      statement.executeUpdate();
    }
    Map<String, Change.Notice> notices =
        change.notices().stream().collect(Collectors.toMap(Change.Notice::action, one -> one));
    Applied applied = Applied.MOVED;
    for (Line line : lines(change.seq())) {
      if (notices.containsKey(line.name()) && line.started().isPresent()) {
        notify(change, notices.get(line.name()), line);
      }
      Applied ended = end(change.seq(), line);
      applied = ended.became().isPresent() ? ended : applied;
    }
    return applied;
  }

  /**
   * The end of an attempt as it may be kept: nothing a handler said, where its signup is erased.
   */
  Change.End kept(Change.End change, int action) {
    if (running.isEmpty() || !running.contains(new Key(change.seq(), action))) {
      return change;
    }
    Step step = change.step();
    Step last =
        step.state() == DeliveryState.SUCCEEDED
            ? step
            : new Step(DeliveryState.CANCELLED, step.due(), step.attempts(), Optional.empty());
    return new Change.End(
        change.seq(),
        change.id(),
        change.action(),
        change.required(),
        change.attempt(),
        new Ending(change.ending().outcome(), ""),
        change.took(),
        last);
  }

  /** The delivery has ended; says whether its signup was erased meanwhile. */
  boolean ended(long seq, int action) {
    return !running.isEmpty() && running.remove(new Key(seq, action));
  }

  private List<Line> lines(long seq) throws SQLException {
    deliveries.setLong(1, seq);
    List<Line> lines = new ArrayList<>();
    try (ResultSet row = deliveries.executeQuery()) {
      while (row.next()) {
        long started = row.getLong(6);
        boolean isStarted = !row.wasNull();
        lines.add(
            new Line(
                row.getInt(1),
                row.getString(2),
                row.getBoolean(3),
                Codes.STATES.get(row.getInt(4)),
                Codes.LANES.get(row.getInt(5)),
                isStarted ? Optional.of(started) : Optional.empty()));
      }
    }
    return lines;
  }

  private Applied end(long seq, Line line) throws SQLException {
    return switch (line.state()) {
      case RUNNING -> {
        running.add(new Key(seq, line.action()));
        yield Applied.MOVED;
      }
      case PENDING, DEAD -> cancel(seq, line);
      case SUCCEEDED, CANCELLED -> Applied.MOVED;
    };
  }

  /** A dead letter too: nobody could send it again without its payload. */
  private Applied cancel(long seq, Line line) throws SQLException {
    cancel.setLong(1, seq);
    cancel.setInt(2, line.action());
    cancel.executeUpdate();
    return signups.moved(
        seq,
        line.action(),
        line.required(),
        Books.Kind.of(line.state(), line.lane()),
        Books.Kind.CANCELLED);
  }

  /**
   * A notice goes by time: among the first attempts in order of acceptance it would come too late
   * for the window. While the action's last attempt may still run it waits for it.
   */
  private void notify(Change.Erase change, Change.Notice notice, Line line) throws SQLException {
    long now = change.at().toEpochMilli();
    long due =
        line.state() == DeliveryState.RUNNING
            ? Math.max(now, line.started().orElse(now) + notice.timeout().toMillis())
            : now;
    int action = actions.of(notice.name());
    notify.setLong(1, change.seq());
    notify.setInt(2, action);
    notify.setInt(3, Codes.LANES.indexOf(Lane.DELAYED));
    notify.setLong(4, due);
    if (notify.executeUpdate() > 0) {
      books.planned(action, Books.Kind.DELAYED);
    }
  }
}
