package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.AuditEntry;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.Corrupt;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Erasable;
import dev.usher.gateway.pipeline.KeyedSignup;
import dev.usher.gateway.pipeline.Lacking;
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
  static final String BY_KEY =
      "SELECT seq, id, accepted_at, payload, body_mac FROM signup WHERE idem = ?";
  private static final String SELECT_LINES =
      """
      SELECT name, required, state, lane, due, attempts, cause, rev
      FROM delivery JOIN action ON no = action WHERE seq = ? ORDER BY action
      """;

  /**
   * LEFT JOIN keeps SQLite from any other order than this one, and shows a row whose signup is
   * gone.
   */
  private static final String SELECT_DELIVERIES =
      """
      SELECT %c
      FROM delivery INDEXED BY %s LEFT JOIN signup ON signup.seq = delivery.seq
        CROSS JOIN action ON no = delivery.action
      """;

  static final String FRESH =
      select("waiting")
          + "WHERE delivery.action = (SELECT no FROM action WHERE name = ?)"
          + " AND state = 0 AND lane = 0 AND due = 0 AND delivery.seq > ?"
          + " ORDER BY delivery.seq LIMIT ?";
  static final String TIMED =
      select("waiting")
          + "WHERE delivery.action = (SELECT no FROM action WHERE name = ?)"
          + " AND state = 0 AND lane = ? ORDER BY due, delivery.seq LIMIT ?";
  static final String RUNNING =
      select("running") + "WHERE state = 1 AND delivery.seq > ? ORDER BY delivery.seq LIMIT ?";

  private final Connection connection;
  private final PreparedStatement selectSignup;
  private final PreparedStatement byKey;
  private final PreparedStatement selectLines;
  private final PreparedStatement fresh;
  private final PreparedStatement timed;
  private final PreparedStatement running;
  private final PreparedStatement strays;
  private final DeadLetterReader deadLetters;
  private final PastReader past;
  private final PersonReader people;
  private final SignupSearch search;
  private final HistoryReader histories;
  private final OldestReader oldest;

  Reader(Connection connection) throws SQLException {
    this.connection = connection;
    selectSignup = connection.prepareStatement(SELECT_SIGNUP);
    byKey = connection.prepareStatement(BY_KEY);
    selectLines = connection.prepareStatement(SELECT_LINES);
    fresh = connection.prepareStatement(FRESH);
    timed = connection.prepareStatement(TIMED);
    running = connection.prepareStatement(RUNNING);
    strays = connection.prepareStatement(Strays.SELECT);
    deadLetters = new DeadLetterReader(connection);
    past = new PastReader(connection);
    people = new PersonReader(connection);
    search = new SignupSearch(connection, this);
    histories = new HistoryReader(connection, this);
    oldest = new OldestReader(connection);
  }

  private static String select(String index) {
    return SELECT_DELIVERIES.replace("%s", index).replace("%c", Decoding.COLUMNS);
  }

  Optional<SignupRecord> find(String id) throws SQLException {
    selectSignup.setString(1, id);
    try (ResultSet row = selectSignup.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Signup signup = Decoding.signup(row);
      return Optional.of(new SignupRecord(signup, lines(signup.seq())));
    }
  }

  Optional<KeyedSignup> findByKey(byte[] key) throws SQLException {
    byKey.setBytes(1, key);
    try (ResultSet row = byKey.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Signup signup = Decoding.signup(row);
      return Optional.of(
          new KeyedSignup(new SignupRecord(signup, lines(signup.seq())), row.getBytes(5)));
    }
  }

  Page fresh(String action, long afterSeq, Page.Limit limit) throws SQLException {
    fresh.setString(1, action);
    fresh.setLong(2, afterSeq);
    fresh.setInt(3, limit.deliveries());
    return Decoding.page(fresh, limit);
  }

  Page timed(String action, Lane lane, Page.Limit limit) throws SQLException {
    timed.setString(1, action);
    timed.setInt(2, Codes.LANES.indexOf(lane));
    timed.setInt(3, limit.deliveries());
    return Decoding.page(timed, limit);
  }

  Page running(long afterSeq, int limit) throws SQLException {
    running.setLong(1, afterSeq);
    running.setInt(2, limit);
    Page page = Decoding.page(running, new Page.Limit(limit, Long.MAX_VALUE));
    List<Corrupt> corrupt = new ArrayList<>(Strays.read(strays, limit));
    boolean isLast = page.isLast() && corrupt.size() < limit;
    corrupt.addAll(page.corrupt());
    return new Page(page.deliveries(), isLast, corrupt);
  }

  List<DeadLetter> dead(DeadLetter.Filter filter, DeadLetter.Position after, int limit)
      throws SQLException {
    return deadLetters.list(filter, after, limit);
  }

  Lacking.Page lacking(Lacking which, long afterSeq, int limit) throws SQLException {
    return past.lacking(which, afterSeq, limit);
  }

  List<AuditEntry> audit(AuditEntry.Filter filter, long before, int limit) throws SQLException {
    return past.audit(filter, before, limit);
  }

  List<Erasable> ofPerson(byte[] person, long afterSeq, int limit) throws SQLException {
    return people.signups(person, afterSeq, limit);
  }

  List<DeadLetter.Group> deadGroups(DeadLetter.Filter filter) throws SQLException {
    return deadLetters.groups(filter);
  }

  SignupPage signups(SignupFilter filter, long before, int limit) throws SQLException {
    return search.page(filter, before, limit);
  }

  Optional<SignupHistory> history(String id) throws SQLException {
    return histories.of(id);
  }

  Optional<Instant> oldestDue(String action, Instant now) throws SQLException {
    return oldest.due(action, now);
  }

  List<Artefact> artefacts() throws SQLException {
    return ArtefactReader.all(connection);
  }

  JournalStats stats(Database database) throws SQLException {
    return new StatsReader(connection).of(database);
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
                Codes.state(row.getInt(3)),
                Codes.lane(row.getInt(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getInt(6),
                Codes.isState(row.getInt(3)) ? cause(row, 7) : Optional.of(Cause.CORRUPT),
                row.getLong(8)));
      }
    }
    return lines;
  }

  private static Optional<Cause> cause(ResultSet row, int column) throws SQLException {
    int code = row.getInt(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Codes.cause(code));
  }
}
