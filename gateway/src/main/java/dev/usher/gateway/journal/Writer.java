package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.SignupState;
import dev.usher.gateway.pipeline.Step;
import dev.usher.gateway.pipeline.Totals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.concurrent.TimeUnit;

/** Puts changes into the transaction under way. Lives on the writer thread. */
class Writer implements AutoCloseable {

  /** Reads take less; a backup takes longer, and the log is emptied after it. */
  private static final int READER_WAIT_MS = 20;

  /** A key that is there already: its signup was in a commit that was thought to have failed. */
  private static final String INSERT_SIGNUP =
      """
      INSERT INTO signup (seq, id, accepted_at, config_rev, payload, person, idem, body_mac)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (idem) WHERE idem IS NOT NULL DO NOTHING
      """;

  private static final String INSERT_DELIVERY =
      """
      INSERT INTO delivery
        (seq, action, required, state, lane, due, attempts, since, started, instance, after, delay)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** An attempt that was refused never began: it leaves no trace in the history. */
  private static final String KEEP_ATTEMPT =
      """
      INSERT INTO attempt (seq, action, n, started, took, instance, outcome, reason)
      SELECT seq, action, attempts, started, took, instance, outcome, reason
      FROM delivery
      WHERE seq = ?1 AND action = ?2 AND state IN (0, 3) AND outcome IS NOT NULL AND outcome <> 5
      """;

  /** Only where the start that supersedes it is going to apply. */
  private static final String KEEP_ATTEMPT_BEFORE_START =
      KEEP_ATTEMPT + " AND state = 0 AND lane = ?3 AND attempts = ?4 - 1";

  private static final String START =
      """
      UPDATE delivery SET state = 1, attempts = ?1,
        since = CASE ?1 WHEN 1 THEN ?2 ELSE coalesce(since, ?2) END, started = ?2,
        took = NULL, instance = ?3, outcome = NULL, reason = NULL, rev = rev + 1
      WHERE seq = ?4 AND action = ?5 AND state = 0 AND lane = ?6 AND attempts = ?1 - 1
      """;
  private static final String END =
      """
      UPDATE delivery SET state = ?, lane = ?, due = ?, attempts = ?, took = ?, outcome = ?,
        reason = ?, cause = ?, rev = rev + 1
      WHERE seq = ? AND action = ? AND state = 1 AND attempts = ?
      """;
  private static final String SUCCEED_LATE =
      """
      UPDATE delivery SET state = 2, outcome = 0, reason = NULL, cause = NULL, rev = rev + 1
      WHERE seq = ? AND action = ?
      """;
  private static final String SELECT_DELIVERY =
      "SELECT state, lane, required FROM delivery WHERE seq = ? AND action = ?";
  private static final String INSERT_RESULT =
      "INSERT OR REPLACE INTO result (seq, action, body) VALUES (?, ?, ?)";

  private final Connection connection;
  private final ActionNumbers actions;
  private final Books books;
  private final PreparedStatement insertSignup;
  private final PreparedStatement insertDelivery;
  private final PreparedStatement keepAttempt;
  private final PreparedStatement keepAttemptBeforeStart;
  private final PreparedStatement start;
  private final PreparedStatement end;
  private final PreparedStatement succeedLate;
  private final PreparedStatement selectDelivery;
  private final PreparedStatement insertResult;
  private final SignupBooks signups;
  private final Successors successors;
  private final AuditWriter audits;
  private final DeadLetterWriter deadLetters;
  private final ConfigWriter configs;
  private final BackfillWriter backfills;
  private final ArtefactWriter artefacts;
  private final ErasureWriter erasures;
  private final PurgeWriter purges;
  private final CancelWriter cancels;
  private final Burial burial;

  Writer(Connection connection) throws SQLException {
    this.connection = connection;
    actions = new ActionNumbers(connection);
    books = new Books(connection);
    insertSignup = connection.prepareStatement(INSERT_SIGNUP);
    insertDelivery = connection.prepareStatement(INSERT_DELIVERY);
    keepAttempt = connection.prepareStatement(KEEP_ATTEMPT);
    keepAttemptBeforeStart = connection.prepareStatement(KEEP_ATTEMPT_BEFORE_START);
    start = connection.prepareStatement(START);
    end = connection.prepareStatement(END);
    succeedLate = connection.prepareStatement(SUCCEED_LATE);
    selectDelivery = connection.prepareStatement(SELECT_DELIVERY);
    insertResult = connection.prepareStatement(INSERT_RESULT);
    signups = new SignupBooks(connection, books);
    successors = new Successors(connection, books, signups);
    audits = new AuditWriter(connection);
    deadLetters = new DeadLetterWriter(connection, actions, signups, successors);
    cancels = new CancelWriter(connection, actions, signups, successors, audits);
    erasures = new ErasureWriter(connection, actions, books, signups);
    purges = new PurgeWriter(connection);
    burial = new Burial(connection, actions, books, signups, successors, erasures);
    configs = new ConfigWriter(connection, audits);
    backfills = new BackfillWriter(connection, actions, books);
    artefacts = new ArtefactWriter(connection, audits);
    connection.setAutoCommit(false);
  }

  /** Adds a change to the transaction. */
  Applied apply(Change change) throws SQLException {
    if (change instanceof Change.Accept accept) {
      return accept(accept);
    } else if (change instanceof Change.Start started) {
      return start(started);
    } else if (change instanceof Change.End ended) {
      return end(ended);
    } else if (change instanceof Change.LateSuccess late) {
      return succeedLate(late);
    } else if (change instanceof Change.Bury bury) {
      return burial.apply(bury);
    } else if (change instanceof Change.Repair repair) {
      return deadLetters.apply(repair);
    } else if (change instanceof Change.Cancel cancel) {
      return cancels.apply(cancel);
    } else if (change instanceof Change.Audit audit) {
      return audits.keep(audit);
    } else if (change instanceof Change.Backfill backfill) {
      return backfills.apply(backfill);
    } else if (change instanceof Change.Configure configure) {
      return configs.apply(configure);
    } else if (change instanceof Change.Deploy deploy) {
      return artefacts.apply(deploy);
    } else if (change instanceof Change.Erase erase) {
      return erasures.apply(erase);
    } else if (change instanceof Change.Purge purge) {
      return purges.apply(purge);
    } else if (change instanceof Change.Remove remove) {
      return purges.apply(remove);
    }
    throw new IllegalStateException("unknown change " + change.getClass());
  }

  /** Makes everything since the last commit durable. */
  void commit() throws SQLException {
    books.write();
    connection.commit();
    books.committed();
  }

  Totals totals() {
    return books.snapshot(actions.all());
  }

  /** Number of the last group that is durable. */
  long group() {
    return books.group();
  }

  long lastSeq() {
    return books.lastSeq();
  }

  ActionNumbers actions() {
    return actions;
  }

  /**
   * Moves what the log holds into the file; stalls commits meanwhile. Where no reader is in the way
   * the next commit begins the log anew.
   */
  void moveLog() throws SQLException {
    var unused =
        outsideTransactions(
            statement -> {
              statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
              return true;
            });
  }

  /**
   * Moves what the log holds into the file and empties the log; stalls commits meanwhile. Gives up
   * soon where a reader is in the way, for commits must not wait for that.
   */
  boolean truncateLogSoon() throws SQLException {
    return truncateLog(READER_WAIT_MS);
  }

  /**
   * The same, and waits for readers.
   *
   * @return whether the log is empty now
   */
  boolean truncateLog() throws SQLException {
    return truncateLog(Database.BUSY_MS);
  }

  private boolean truncateLog(int waitMs) throws SQLException {
    return outsideTransactions(
        statement -> {
          statement.execute("PRAGMA busy_timeout=" + waitMs);
          boolean isEmpty;
          try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            isEmpty = row.next() && row.getInt(1) == 0;
          }
          statement.execute("PRAGMA busy_timeout=" + Database.BUSY_MS);
          return isEmpty;
        });
  }

  @FunctionalInterface
  private interface LogStep {
    boolean run(Statement statement) throws SQLException;
  }

  private boolean outsideTransactions(LogStep step) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      return step.run(statement);
    } finally {
      connection.setAutoCommit(false);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private Applied accept(Change.Accept accept) throws SQLException {
    Signup signup = accept.signup();
    insertSignup.setLong(1, signup.seq());
    insertSignup.setString(2, signup.id());
    insertSignup.setLong(3, signup.acceptedAt().toEpochMilli());
    insertSignup.setLong(4, accept.revision());
    insertSignup.setBytes(5, signup.payload());
    fingerprint(6, accept.fingerprints().person());
    fingerprint(7, accept.fingerprints().idempotencyKey());
    fingerprint(8, accept.fingerprints().body());
    if (insertSignup.executeUpdate() == 0) {
      return Applied.NOTHING;
    }
    books.accepted(signup.seq());
    boolean isOwedNothing = true;
    for (Change.Planned planned : accept.deliveries()) {
      plan(signup, planned);
      isOwedNothing &= !planned.required();
    }
    SignupState state = isOwedNothing ? SignupState.COMPLETED : SignupState.OPEN;
    books.count(state, 1);
    return Applied.became(state);
  }

  private void fingerprint(int column, byte[] value) throws SQLException {
    if (value.length == 0) {
      insertSignup.setNull(column, Types.BLOB);
    } else {
      insertSignup.setBytes(column, value);
    }
  }

  private void plan(Signup signup, Change.Planned planned) throws SQLException {
    int action = actions.of(planned.action());
    boolean starts = !planned.startedOn().isEmpty();
    insertDelivery.setLong(1, signup.seq());
    insertDelivery.setInt(2, action);
    insertDelivery.setBoolean(3, planned.required());
    insertDelivery.setInt(
        4, Codes.STATES.indexOf(starts ? DeliveryState.RUNNING : DeliveryState.PENDING));
    insertDelivery.setInt(5, Codes.LANES.indexOf(planned.lane()));
    insertDelivery.setLong(6, planned.due().toEpochMilli());
    insertDelivery.setInt(7, starts ? 1 : 0);
    if (starts) {
      insertDelivery.setLong(8, signup.acceptedAt().toEpochMilli());
      insertDelivery.setLong(9, signup.acceptedAt().toEpochMilli());
      insertDelivery.setString(10, planned.startedOn());
    } else {
      insertDelivery.setNull(8, Types.INTEGER);
      insertDelivery.setNull(9, Types.INTEGER);
      insertDelivery.setNull(10, Types.VARCHAR);
    }
    hold(planned);
    insertDelivery.executeUpdate();
    books.planned(action, starts ? Books.Kind.RUNNING : Books.Kind.pending(planned.lane()));
  }

  private void hold(Change.Planned planned) throws SQLException {
    if (planned.hold().isPresent()) {
      int after = actions.of(planned.hold().get().after());
      insertDelivery.setInt(11, after);
      insertDelivery.setLong(12, planned.hold().get().delay().toMillis());
      books.followed(after);
    } else {
      insertDelivery.setNull(11, Types.INTEGER);
      insertDelivery.setNull(12, Types.INTEGER);
    }
  }

  private Applied start(Change.Start change) throws SQLException {
    int action = actions.of(change.action());
    int lane = Codes.LANES.indexOf(change.lane());
    if (change.lane() != Lane.FRESH) {
      keepAttemptBeforeStart.setLong(1, change.seq());
      keepAttemptBeforeStart.setInt(2, action);
      keepAttemptBeforeStart.setInt(3, lane);
      keepAttemptBeforeStart.setInt(4, change.attempt());
      keepAttemptBeforeStart.executeUpdate();
    }
    start.setInt(1, change.attempt());
    start.setLong(2, change.at().toEpochMilli());
    start.setString(3, change.instance());
    start.setLong(4, change.seq());
    start.setInt(5, action);
    start.setInt(6, lane);
    if (start.executeUpdate() == 0) {
      return Applied.NOTHING;
    }
    books.moved(action, Books.Kind.pending(change.lane()), Books.Kind.RUNNING);
    return Applied.MOVED;
  }

  private Applied end(Change.End written) throws SQLException {
    int action = actions.of(written.action());
    Change.End change = erasures.kept(written, action);
    if (update(change, action) == 0) {
      return Applied.NOTHING;
    }
    var unused = erasures.ended(change.seq(), action);
    DeliveryState state = endState(change, action);
    if (state == DeliveryState.SUCCEEDED) {
      keepResult(change.seq(), action, change.ending().text());
    }
    Applied applied =
        signups.moved(
            change.seq(),
            action,
            change.required(),
            Books.Kind.RUNNING,
            Books.Kind.of(state, Lane.TIMED));
    return state.isOpen()
        ? applied
        : successors.follow(
            new Successors.Predecessor(change.seq(), action, change.action()),
            state,
            change.step().due(),
            applied);
  }

  private DeliveryState endState(Change.End change, int action) throws SQLException {
    DeliveryState planned = change.step().state();
    return planned == DeliveryState.PENDING && cancels.cancelsMarked(change.seq(), action)
        ? DeliveryState.CANCELLED
        : planned;
  }

  private int update(Change.End change, int action) throws SQLException {
    Step step = change.step();
    Ending ending = change.ending();
    end.setInt(1, Codes.STATES.indexOf(step.state()));
    end.setInt(2, Codes.LANES.indexOf(Lane.TIMED));
    end.setLong(3, step.due().toEpochMilli());
    end.setInt(4, step.attempts());
    end.setLong(5, TimeUnit.NANOSECONDS.toMicros(change.took().toNanos()));
    end.setInt(6, Codes.OUTCOMES.indexOf(ending.outcome()));
    if (ending.outcome() == Outcome.SUCCEEDED) {
      end.setNull(7, Types.VARCHAR);
    } else {
      end.setString(7, ending.text());
    }
    if (step.cause().isPresent()) {
      end.setInt(8, cause(step.cause().get()));
    } else {
      end.setNull(8, Types.INTEGER);
    }
    end.setLong(9, change.seq());
    end.setInt(10, action);
    end.setInt(11, change.attempt());
    return end.executeUpdate();
  }

  private Applied succeedLate(Change.LateSuccess change) throws SQLException {
    int action = actions.of(change.action());
    selectDelivery.setLong(1, change.seq());
    selectDelivery.setInt(2, action);
    DeliveryState from;
    Lane lane;
    boolean isRequired;
    try (ResultSet row = selectDelivery.executeQuery()) {
      if (!row.next()) {
        return Applied.NOTHING;
      }
      from = Codes.STATES.get(row.getInt(1));
      lane = Codes.LANES.get(row.getInt(2));
      isRequired = row.getBoolean(3);
    }
    if (from == DeliveryState.SUCCEEDED || from == DeliveryState.CANCELLED) {
      return Applied.NOTHING;
    }
    keepAttempt(change.seq(), action);
    succeedLate.setLong(1, change.seq());
    succeedLate.setInt(2, action);
    succeedLate.executeUpdate();
    if (!erasures.ended(change.seq(), action)) {
      keepResult(change.seq(), action, change.result());
    }
    Applied applied =
        signups.moved(
            change.seq(), action, isRequired, Books.Kind.of(from, lane), Books.Kind.SUCCEEDED);
    return successors.follow(
        new Successors.Predecessor(change.seq(), action, change.action()),
        DeliveryState.SUCCEEDED,
        change.at(),
        applied);
  }

  private void keepAttempt(long seq, int action) throws SQLException {
    keepAttempt.setLong(1, seq);
    keepAttempt.setInt(2, action);
    keepAttempt.executeUpdate();
  }

  private void keepResult(long seq, int action, String result) throws SQLException {
    if (!result.isEmpty()) {
      insertResult.setLong(1, seq);
      insertResult.setInt(2, action);
      insertResult.setString(3, result);
      insertResult.executeUpdate();
    }
  }

  private static int cause(Cause cause) {
    return Codes.CAUSES.indexOf(cause);
  }
}
