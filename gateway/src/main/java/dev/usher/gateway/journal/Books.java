package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.SignupState;
import dev.usher.gateway.pipeline.Totals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The totals while a group is written. Changes are counted in memory and put into the group's own
 * transaction at its end, one row for each total that moved. Lives on the writer thread.
 */
final class Books {

  /** What is counted of an action's deliveries. */
  enum Kind {
    FRESH,
    TIMED,
    REDRIVEN,
    DELAYED,
    HELD,
    RUNNING,
    SUCCEEDED,
    DEAD,
    CANCELLED;

    /** The state of what is counted so. */
    DeliveryState state() {
      return switch (this) {
        case FRESH, TIMED, REDRIVEN, DELAYED, HELD -> DeliveryState.PENDING;
        case RUNNING -> DeliveryState.RUNNING;
        case SUCCEEDED -> DeliveryState.SUCCEEDED;
        case DEAD -> DeliveryState.DEAD;
        case CANCELLED -> DeliveryState.CANCELLED;
      };
    }

    static Kind pending(Lane lane) {
      return switch (lane) {
        case FRESH -> FRESH;
        case TIMED -> TIMED;
        case REDRIVEN -> REDRIVEN;
        case DELAYED -> DELAYED;
        case HELD -> HELD;
      };
    }

    static Kind of(DeliveryState state, Lane lane) {
      return switch (state) {
        case PENDING -> pending(lane);
        case RUNNING -> RUNNING;
        case SUCCEEDED -> SUCCEEDED;
        case DEAD -> DEAD;
        case CANCELLED -> CANCELLED;
      };
    }
  }

  private static final int SIGNUPS = 0;
  private static final String SEQ = "SEQ";
  private static final String ACCEPTED = "ACCEPTED";

  /** Groups ever committed: tells after a commit that failed whether it happened. */
  private static final String GROUP = "GROUP";

  /** Deliveries that were ever planned to come after one of this action. */
  private static final String FOLLOWED = "FOLLOWED";

  private record Key(int action, String kind) {}

  private final PreparedStatement update;
  private final Map<Key, Long> totals = new HashMap<>();
  private final Map<Key, Long> moved = new LinkedHashMap<>();

  Books(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT action, kind, n FROM total")) {
      while (rows.next()) {
        totals.put(new Key(rows.getInt(1), rows.getString(2)), rows.getLong(3));
      }
    }
    update =
        connection.prepareStatement(
            "INSERT INTO total (action, kind, n) VALUES (?1, ?2, ?3)"
                + " ON CONFLICT DO UPDATE SET n = ?3");
  }

  void accepted(long seq) {
    add(new Key(SIGNUPS, ACCEPTED), 1);
    set(new Key(SIGNUPS, SEQ), seq);
  }

  void planned(int action, Kind kind) {
    add(new Key(action, kind.name()), 1);
  }

  /** A delivery was planned to come after one of this action. */
  void followed(int action) {
    add(new Key(action, FOLLOWED), 1);
  }

  /** Whether anything may come after a delivery of this action. */
  boolean isFollowed(int action) {
    Key key = new Key(action, FOLLOWED);
    return totals.containsKey(key) || moved.containsKey(key);
  }

  void moved(int action, Kind from, Kind to) {
    add(new Key(action, from.name()), -1);
    add(new Key(action, to.name()), 1);
  }

  void moved(SignupState from, SignupState to) {
    if (from != to) {
      count(from, -1);
      count(to, 1);
    }
  }

  /** Open signups are not counted: they are what is left. */
  void count(SignupState state, int change) {
    if (state != SignupState.OPEN) {
      add(new Key(SIGNUPS, state.name()), change);
    }
  }

  /** Deliveries of an action, with what the transaction under way has moved. */
  long count(int action, Kind kind) {
    Key key = new Key(action, kind.name());
    Long current = moved.get(key);
    return current == null ? totals.getOrDefault(key, 0L) : current;
  }

  /** Puts every total that moved into the transaction under way. */
  void write() throws SQLException {
    set(new Key(SIGNUPS, GROUP), group() + 1);
    for (Map.Entry<Key, Long> total : moved.entrySet()) {
      update.setInt(1, total.getKey().action());
      update.setString(2, total.getKey().kind());
      update.setLong(3, total.getValue());
      update.executeUpdate();
    }
  }

  /** The transaction is durable. */
  void committed() {
    totals.putAll(moved);
    moved.clear();
  }

  /** Number of the last group that is durable. */
  long group() {
    return total(SIGNUPS, GROUP);
  }

  long lastSeq() {
    return total(SIGNUPS, SEQ);
  }

  Totals snapshot(Map<String, Integer> actions) {
    Map<String, Totals.Deliveries> byAction = new LinkedHashMap<>();
    actions.forEach((name, no) -> byAction.put(name, deliveries(no)));
    return new Totals(
        total(SIGNUPS, ACCEPTED),
        total(SIGNUPS, SignupState.COMPLETED.name()),
        total(SIGNUPS, SignupState.FAILED.name()),
        Collections.unmodifiableMap(byAction));
  }

  private Totals.Deliveries deliveries(int action) {
    return new Totals.Deliveries(
        total(action, Kind.FRESH.name()),
        total(action, Kind.TIMED.name()),
        total(action, Kind.REDRIVEN.name()),
        total(action, Kind.DELAYED.name()),
        total(action, Kind.HELD.name()),
        total(action, Kind.RUNNING.name()),
        total(action, Kind.SUCCEEDED.name()),
        total(action, Kind.DEAD.name()),
        total(action, Kind.CANCELLED.name()));
  }

  private long total(int action, String kind) {
    return totals.getOrDefault(new Key(action, kind), 0L);
  }

  private void add(Key key, long change) {
    Long current = moved.get(key);
    set(key, (current == null ? totals.getOrDefault(key, 0L) : current) + change);
  }

  private void set(Key key, long value) {
    moved.put(key, value);
  }
}
