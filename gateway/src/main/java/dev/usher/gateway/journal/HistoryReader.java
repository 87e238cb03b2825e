package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.SignupHistory;
import dev.usher.gateway.pipeline.SignupHistory.OfAttempt;
import dev.usher.gateway.pipeline.SignupHistory.OfDelivery;
import dev.usher.gateway.pipeline.SignupRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads what happened to one signup. Lives on the reader thread. */
final class HistoryReader {

  private static final String SIGNUP =
      "SELECT seq, id, accepted_at, payload, config_rev FROM signup WHERE id = ?";

  /** A refused attempt never began; one that was redriven is in the history already. */
  private static final String LATEST =
      """
      SELECT no, unwanted, coalesce(body, ''), attempts, started, took, instance, outcome, reason,
        started IS NOT NULL AND outcome IS NOT 5 AND (state = 1 OR outcome IS NOT NULL)
      FROM delivery JOIN action ON no = delivery.action LEFT JOIN result USING (seq, action)
      WHERE seq = ? AND name = ?
      """;

  /** In the order in which they were superseded: numbers start afresh after a redrive. */
  static final String SUPERSEDED =
      """
      SELECT n, started, took, instance, outcome, reason, rowid FROM attempt INDEXED BY attempt_of
      WHERE seq = ?1 AND action = ?2 AND (rowid IN (
          SELECT rowid FROM attempt WHERE seq = ?1 AND action = ?2 ORDER BY rowid LIMIT ?3)
        OR rowid IN (
          SELECT rowid FROM attempt WHERE seq = ?1 AND action = ?2 ORDER BY rowid DESC LIMIT ?4))
      ORDER BY rowid
      """;

  private static final String COUNT = "SELECT count(*) FROM attempt WHERE seq = ? AND action = ?";

  private final Reader lines;
  private final PreparedStatement signup;
  private final PreparedStatement latest;
  private final PreparedStatement superseded;
  private final PreparedStatement count;

  HistoryReader(Connection connection, Reader lines) throws SQLException {
    this.lines = lines;
    signup = connection.prepareStatement(SIGNUP);
    latest = connection.prepareStatement(LATEST);
    superseded = connection.prepareStatement(SUPERSEDED);
    count = connection.prepareStatement(COUNT);
  }

  Optional<SignupHistory> of(String id) throws SQLException {
    signup.setString(1, id);
    try (ResultSet row = signup.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Signup found = Decoding.signup(row);
      return Optional.of(new SignupHistory(found, row.getLong(5), deliveries(found.seq())));
    }
  }

  private List<OfDelivery> deliveries(long seq) throws SQLException {
    List<OfDelivery> deliveries = new ArrayList<>();
    for (SignupRecord.Line line : lines.lines(seq)) {
      deliveries.add(delivery(seq, line));
    }
    return deliveries;
  }

  private OfDelivery delivery(long seq, SignupRecord.Line line) throws SQLException {
    latest.setLong(1, seq);
    latest.setString(2, line.action());
    try (ResultSet row = latest.executeQuery()) {
      if (!row.next()) {
        return new OfDelivery(line, false, "", List.of(), 0);
      }
      int action = row.getInt(1);
      boolean hasLatest = row.getBoolean(10);
      List<OfAttempt> attempts = superseded(seq, action, hasLatest);
      long omitted = count(seq, action) - attempts.size();
      if (hasLatest) {
        attempts.add(attempt(row, 4));
      }
      return new OfDelivery(line, row.getBoolean(2), row.getString(3), attempts, omitted);
    }
  }

  private List<OfAttempt> superseded(long seq, int action, boolean hasLatest) throws SQLException {
    superseded.setLong(1, seq);
    superseded.setInt(2, action);
    superseded.setInt(3, SignupHistory.FIRST);
    superseded.setInt(4, SignupHistory.LAST - (hasLatest ? 1 : 0));
    List<OfAttempt> attempts = new ArrayList<>();
    try (ResultSet row = superseded.executeQuery()) {
      while (row.next()) {
        attempts.add(attempt(row, 1));
      }
    }
    return attempts;
  }

  private long count(long seq, int action) throws SQLException {
    count.setLong(1, seq);
    count.setInt(2, action);
    try (ResultSet row = count.executeQuery()) {
      return row.getLong(1);
    }
  }

  /** From this column on: number, started, took, instance, outcome, reason. */
  private static OfAttempt attempt(ResultSet row, int column) throws SQLException {
    return new OfAttempt(
        row.getInt(column),
        number(row, column + 1).map(Instant::ofEpochMilli),
        number(row, column + 2).map(HistoryReader::micros),
        text(row, column + 3),
        outcome(row, column + 4),
        text(row, column + 5));
  }

  private static Duration micros(long took) {
    return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(took));
  }

  private static Optional<Long> number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(number);
  }

  private static Optional<Outcome> outcome(ResultSet row, int column) throws SQLException {
    return number(row, column).flatMap(code -> Codes.outcome(code.intValue()));
  }

  private static String text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("");
  }
}
