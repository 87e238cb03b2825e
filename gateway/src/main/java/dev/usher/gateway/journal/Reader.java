package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.Delivery;
import dev.usher.gateway.pipeline.Signup;
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
      SELECT name, required, state, due, attempts, cause
      FROM delivery JOIN action ON no = action WHERE seq = ? ORDER BY action
      """;
  private static final String SELECT_DELIVERIES =
      """
      SELECT seq, id, accepted_at, payload, name, required, lane, due, attempts, since
      FROM delivery INDEXED BY open JOIN signup USING (seq) JOIN action ON no = delivery.action
      """;
  private static final String FRESH =
      SELECT_DELIVERIES
          + "WHERE delivery.action = (SELECT no FROM action WHERE name = ?)"
          + " AND state < 2 AND state = 0 AND lane = 0 AND due = 0 AND seq > ?"
          + " ORDER BY seq LIMIT ?";
  private static final String TIMED =
      SELECT_DELIVERIES
          + "WHERE delivery.action = (SELECT no FROM action WHERE name = ?)"
          + " AND state < 2 AND state = 0 AND lane = 1 ORDER BY due, seq LIMIT ?";
  private static final String RUNNING =
      SELECT_DELIVERIES + "WHERE state < 2 AND state = 1 AND seq > ? ORDER BY seq LIMIT ?";

  private final Connection connection;
  private final PreparedStatement selectSignup;
  private final PreparedStatement selectLines;
  private final PreparedStatement fresh;
  private final PreparedStatement timed;
  private final PreparedStatement running;

  Reader(Connection connection) throws SQLException {
    this.connection = connection;
    selectSignup = connection.prepareStatement(SELECT_SIGNUP);
    selectLines = connection.prepareStatement(SELECT_LINES);
    fresh = connection.prepareStatement(FRESH);
    timed = connection.prepareStatement(TIMED);
    running = connection.prepareStatement(RUNNING);
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

  List<Delivery> fresh(String action, long afterSeq, int limit) throws SQLException {
    fresh.setString(1, action);
    fresh.setLong(2, afterSeq);
    fresh.setInt(3, limit);
    return deliveries(fresh);
  }

  List<Delivery> timed(String action, int limit) throws SQLException {
    timed.setString(1, action);
    timed.setInt(2, limit);
    return deliveries(timed);
  }

  List<Delivery> running(long afterSeq, int limit) throws SQLException {
    running.setLong(1, afterSeq);
    running.setInt(2, limit);
    return deliveries(running);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private List<SignupRecord.Line> lines(long seq) throws SQLException {
    selectLines.setLong(1, seq);
    List<SignupRecord.Line> lines = new ArrayList<>();
    try (ResultSet row = selectLines.executeQuery()) {
      while (row.next()) {
        lines.add(
            new SignupRecord.Line(
                row.getString(1),
                row.getBoolean(2),
                Codes.STATES.get(row.getInt(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getInt(5),
                cause(row, 6)));
      }
    }
    return lines;
  }

  private static List<Delivery> deliveries(PreparedStatement query) throws SQLException {
    List<Delivery> deliveries = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        deliveries.add(
            new Delivery(
                signup(row),
                row.getString(5),
                row.getBoolean(6),
                Codes.LANES.get(row.getInt(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                row.getInt(9),
                instant(row, 10)));
      }
    }
    return deliveries;
  }

  private static Signup signup(ResultSet row) throws SQLException {
    return new Signup(
        row.getLong(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)), row.getBytes(4));
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
