package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Delivery;
import dev.usher.gateway.pipeline.Erasable;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Page;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.SignupFilter;
import dev.usher.gateway.pipeline.SignupHistory;
import dev.usher.gateway.pipeline.SignupPage;
import dev.usher.gateway.pipeline.SignupRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is committed. Lives on the reader thread. */
final class Reader implements AutoCloseable {

  private static final String SELECT_SIGNUP =
      "SELECT seq, id, accepted_at, payload FROM signup WHERE id = ?";
  private static final String SELECT_LINES =
      """
      SELECT name, required, state, lane, due, attempts, cause
      FROM delivery JOIN action ON no = action WHERE seq = ? ORDER BY action
      """;

  /** CROSS JOIN keeps SQLite from any other order than this one. */
  private static final String SELECT_DELIVERIES =
      """
      SELECT seq, id, accepted_at, payload, name, required, lane, due, attempts, since
      FROM delivery INDEXED BY %s CROSS JOIN signup USING (seq)
        CROSS JOIN action ON no = delivery.action
      """;

  static final String FRESH =
      select("open")
          + "WHERE delivery.action = (SELECT no FROM action WHERE name = ?)"
          + " AND state < 2 AND state = 0 AND lane = 0 AND due = 0 AND seq > ?"
          + " ORDER BY seq LIMIT ?";
  static final String TIMED =
      select("open")
          + "WHERE delivery.action = (SELECT no FROM action WHERE name = ?)"
          + " AND state < 2 AND state = 0 AND lane = ? ORDER BY due, seq LIMIT ?";
  static final String RUNNING =
      select("running") + "WHERE state = 1 AND seq > ? ORDER BY seq LIMIT ?";

  private static final byte[] ERASED = {};

  private final Connection connection;
  private final PreparedStatement selectSignup;
  private final PreparedStatement selectLines;
  private final PreparedStatement fresh;
  private final PreparedStatement timed;
  private final PreparedStatement running;
  private final DeadLetterReader deadLetters;
  private final PersonReader people;
  private final SignupSearch search;
  private final HistoryReader histories;

  Reader(Connection connection) throws SQLException {
    this.connection = connection;
    selectSignup = connection.prepareStatement(SELECT_SIGNUP);
    selectLines = connection.prepareStatement(SELECT_LINES);
    fresh = connection.prepareStatement(FRESH);
    timed = connection.prepareStatement(TIMED);
    running = connection.prepareStatement(RUNNING);
    deadLetters = new DeadLetterReader(connection);
    people = new PersonReader(connection);
    search = new SignupSearch(connection, this);
    histories = new HistoryReader(connection, this);
  }

  private static String select(String index) {
    return SELECT_DELIVERIES.replace("%s", index);
  }

  Optional<SignupRecord> find(String id) throws SQLException {
    selectSignup.setString(1, id);
    try (ResultSet row = selectSignup.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Signup signup = signup(row);
      return Optional.of(new SignupRecord(signup, lines(signup.seq())));
    }
  }

  Page fresh(String action, long afterSeq, Page.Limit limit) throws SQLException {
    fresh.setString(1, action);
    fresh.setLong(2, afterSeq);
    fresh.setInt(3, limit.deliveries());
    return page(fresh, limit);
  }

  Page timed(String action, Lane lane, Page.Limit limit) throws SQLException {
    timed.setString(1, action);
    timed.setInt(2, Codes.LANES.indexOf(lane));
    timed.setInt(3, limit.deliveries());
    return page(timed, limit);
  }

  List<Delivery> running(long afterSeq, int limit) throws SQLException {
    running.setLong(1, afterSeq);
    running.setInt(2, limit);
    return deliveries(running);
  }

  List<DeadLetter> dead(DeadLetter.Filter filter, DeadLetter.Position after, int limit)
      throws SQLException {
    return deadLetters.list(filter, after, limit);
  }

  List<Erasable> ofPerson(byte[] person, long afterSeq, int limit) throws SQLException {
    return people.signups(person, afterSeq, limit);
  }

  List<DeadLetter.Group> deadGroups() throws SQLException {
    return deadLetters.groups();
  }

  SignupPage signups(SignupFilter filter, long before, int limit) throws SQLException {
    return search.page(filter, before, limit);
  }

  Optional<SignupHistory> history(String id) throws SQLException {
    return histories.of(id);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** The deliveries of a signup in the order of its plan. */
  List<SignupRecord.Line> lines(long seq) throws SQLException {
    selectLines.setLong(1, seq);
    List<SignupRecord.Line> lines = new ArrayList<>();
    try (ResultSet row = selectLines.executeQuery()) {
      while (row.next()) {
        lines.add(
            new SignupRecord.Line(
                row.getString(1),
                row.getBoolean(2),
                Codes.STATES.get(row.getInt(3)),
                Codes.LANES.get(row.getInt(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getInt(6),
                cause(row, 7)));
      }
    }
    return lines;
  }

  private static Page page(PreparedStatement query, Page.Limit limit) throws SQLException {
    List<Delivery> deliveries = new ArrayList<>();
    long bytes = 0;
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        deliveries.add(delivery(row));
        bytes += deliveries.get(deliveries.size() - 1).signup().payload().length;
        if (bytes >= limit.bytes()) {
          return new Page(deliveries, false);
        }
      }
    }
    return new Page(deliveries, deliveries.size() < limit.deliveries());
  }

  private static List<Delivery> deliveries(PreparedStatement query) throws SQLException {
    List<Delivery> deliveries = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        deliveries.add(delivery(row));
      }
    }
    return deliveries;
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        signup(row),
        row.getString(5),
        row.getBoolean(6),
        Codes.LANES.get(row.getInt(7)),
        Instant.ofEpochMilli(row.getLong(8)),
        row.getInt(9),
        instant(row, 10));
  }

  private static Signup signup(ResultSet row) throws SQLException {
    byte[] payload = row.getBytes(4);
    return new Signup(
        row.getLong(1),
        row.getString(2),
        Instant.ofEpochMilli(row.getLong(3)),
        payload == null ? ERASED : payload);
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Optional<Cause> cause(ResultSet row, int column) throws SQLException {
    int code = row.getInt(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Codes.CAUSES.get(code));
  }
}
