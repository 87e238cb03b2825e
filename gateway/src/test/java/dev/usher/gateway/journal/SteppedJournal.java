package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.AuditEntry;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.ChangeUnwritable;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Erasable;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.gateway.pipeline.KeyedSignup;
import dev.usher.gateway.pipeline.Lacking;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Page;
import dev.usher.gateway.pipeline.SignupFilter;
import dev.usher.gateway.pipeline.SignupHistory;
import dev.usher.gateway.pipeline.SignupPage;
import dev.usher.gateway.pipeline.SignupRecord;
import dev.usher.gateway.pipeline.Totals;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The real tables and statements without the threads: a group commits, a query runs and an answer
 * arrives when the test says so. Every interleaving that the threads allow can be had, and had
 * again.
 */
public final class SteppedJournal implements Journal {

  private record Queued(Change change, Promise<Applied> done) {}

  private interface Query<T> {
    T run(Reader reader) throws SQLException;
  }

  private final Database database;
  private final Deque<Queued> writes = new ArrayDeque<>();
  private final Deque<Runnable> reads = new ArrayDeque<>();
  private final Deque<Runnable> answers = new ArrayDeque<>();
  private final Deque<Runnable> unheard = new ArrayDeque<>();
  private final List<Runnable> inDoubt = new ArrayList<>();
  private final List<Change> durable = new ArrayList<>();
  private Consumer<Change> onDurable = change -> {};
  private BiConsumer<Change, Applied> told = (change, applied) -> {};
  private Connection connection;
  private Writer writer;
  private Reader reader;
  private Totals totals;
  private boolean isDown;
  private boolean isUnreadable;
  private int pages;
  private int scrubs;

  /** Opens the file, or makes it. */
  public SteppedJournal(Path file) {
    database = new Database(file);
    try {
      open();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Looks at each change that applied, once it is durable. */
  public void onDurable(Consumer<Change> look) {
    onDurable = look;
  }

  /** Whether a write or a read is under way. */
  public boolean isBusy() {
    return !writes.isEmpty() || !unheard.isEmpty() || !reads.isEmpty() || !answers.isEmpty();
  }

  /** Commits what is queued as one group, and answers. */
  public void commit() {
    commitUnheard();
    while (!unheard.isEmpty()) {
      hear();
    }
  }

  /** Commits what is queued as one group; that it is durable is still to be heard. */
  public void commitUnheard() {
    List<Queued> group = group();
    if (!group.isEmpty()) {
      List<Applied> applied = apply(group);
      unheard.add(() -> tell(group, applied));
    }
  }

  /** The loop hears of the oldest group that is durable. */
  public void hear() {
    if (!unheard.isEmpty()) {
      unheard.remove().run();
    }
  }

  private void tell(List<Queued> group, List<Applied> applied) {
    for (int i = 0; i < applied.size(); i++) {
      if (applied.get(i).moved()) {
        told.accept(group.get(i).change(), applied.get(i));
      }
      group.get(i).done().complete(applied.get(i));
    }
  }

  /** The oldest change queued of this kind can't be written, though the journal can. */
  public void refuse(Predicate<Change> which) {
    Optional<Queued> refused =
        writes.stream().filter(queued -> which.test(queued.change())).findFirst();
    refused.ifPresent(
        queued -> {
          writes.remove(queued);
          queued.done().fail(new ChangeUnwritable("refused", new SQLException("constraint")));
        });
  }

  /**
   * What is queued fails before its commit, and the journal is down. Where it is durable in spite
   * of an error of the commit itself that is known, and answered, once the file is open again.
   */
  public void failCommit(boolean isDurable) {
    failCommit(isDurable, isDurable);
  }

  /** The same; where the commit itself failed, nobody hears before the file is open again. */
  public void failCommit(boolean isDurable, boolean isInDoubt) {
    while (!unheard.isEmpty()) {
      hear();
    }
    List<Queued> group = group();
    isDown = true;
    if (!isInDoubt) {
      group.forEach(queued -> queued.done().fail(unavailable()));
    } else if (isDurable) {
      List<Applied> applied = apply(group);
      inDoubt.add(() -> tell(group, applied));
    } else {
      inDoubt.add(() -> group.forEach(queued -> queued.done().fail(unavailable())));
    }
  }

  /** The file can be opened again; the caller tells the pipeline. */
  public void reopen() {
    inDoubt.forEach(Runnable::run);
    inDoubt.clear();
    try {
      connection.close();
      reader.close();
      open();
      isDown = false;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads fail, or work again. */
  public void unreadable(boolean is) {
    isUnreadable = is;
  }

  /** How many queries ran since the last commit. */
  public int pages() {
    return pages;
  }

  /** Runs the oldest query; its answer stays under way. */
  public void read() {
    if (!reads.isEmpty()) {
      pages++;
      reads.remove().run();
    }
  }

  /** The oldest answer arrives. */
  public void answer() {
    if (!answers.isEmpty()) {
      answers.remove().run();
    }
  }

  /** Commits, reads and answers until nothing is under way. */
  public void settle() {
    for (int round = 0; isBusy(); round++) {
      if (round > 10_000) {
        throw new AssertionError("the journal never comes to rest");
      }
      commit();
      read();
      answer();
    }
  }

  /** The process dies: what is not committed is gone, and nobody hears of anything. */
  public void crash() {
    writes.clear();
    unheard.clear();
    inDoubt.clear();
    reads.clear();
    answers.clear();
    try {
      connection.close();
      reader.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Future<Applied> write(Change change) {
    if (isDown) {
      return Future.failedFuture(unavailable());
    }
    Promise<Applied> done = Promise.promise();
    writes.add(new Queued(change, done));
    return done.future();
  }

  @Override
  public void onApplied(BiConsumer<Change, Applied> listener) {
    told = listener;
  }

  @Override
  public Future<Optional<SignupRecord>> find(String id) {
    return ask(source -> source.find(id));
  }

  @Override
  public Future<Optional<KeyedSignup>> findByKey(byte[] key) {
    return ask(source -> source.findByKey(key));
  }

  @Override
  public Future<Page> fresh(String action, long afterSeq, Page.Limit limit) {
    return ask(source -> source.fresh(action, afterSeq, limit));
  }

  @Override
  public Future<Page> timed(String action, Lane lane, Page.Limit limit) {
    return ask(source -> source.timed(action, lane, limit));
  }

  @Override
  public Future<Page> running(long afterSeq, int limit) {
    return ask(source -> source.running(afterSeq, limit));
  }

  @Override
  public Future<List<DeadLetter>> dead(
      DeadLetter.Filter filter, DeadLetter.Position after, int limit) {
    return ask(source -> source.dead(filter, after, limit));
  }

  @Override
  public Future<List<DeadLetter.Group>> deadGroups(DeadLetter.Filter filter) {
    return ask(source -> source.deadGroups(filter));
  }

  @Override
  public Future<Lacking.Page> lacking(Lacking lacking, long afterSeq, int limit) {
    return ask(source -> source.lacking(lacking, afterSeq, limit));
  }

  @Override
  public Future<List<AuditEntry>> audit(AuditEntry.Filter filter, long before, int limit) {
    return ask(source -> source.audit(filter, before, limit));
  }

  @Override
  public Future<List<Erasable>> ofPerson(byte[] person, long afterSeq, int limit) {
    return ask(source -> source.ofPerson(person, afterSeq, limit));
  }

  @Override
  public Future<Void> scrub() {
    scrubs++;
    return Future.succeededFuture();
  }

  /** How often everything that was erased was to leave every file. */
  public int scrubs() {
    return scrubs;
  }

  @Override
  public Future<SignupPage> signups(SignupFilter filter, long before, int limit) {
    return ask(source -> source.signups(filter, before, limit));
  }

  @Override
  public Future<Optional<SignupHistory>> history(String id) {
    return ask(source -> source.history(id));
  }

  @Override
  public Future<Optional<Instant>> oldestDue(String action, Instant now) {
    return ask(source -> source.oldestDue(action, now));
  }

  @Override
  public Totals totals() {
    return totals;
  }

  @Override
  public Pressure pressure() {
    return new Pressure(0, 0, isDown ? Health.DOWN : Health.UP);
  }

  @Override
  public Space space() {
    return new Space(0, 0, Long.MAX_VALUE, false);
  }

  @Override
  public long lastSeq() {
    return writer.lastSeq();
  }

  private void open() throws SQLException {
    connection = database.openForWriting();
    Database.execute(connection, "PRAGMA synchronous=OFF");
    database.migrate(connection);
    writer = new Writer(connection);
    reader = new Reader(database.openForReading());
    totals = writer.totals();
  }

  private List<Queued> group() {
    pages = 0;
    List<Queued> group = List.copyOf(writes);
    writes.clear();
    return group;
  }

  private List<Applied> apply(List<Queued> group) {
    List<Applied> applied = new ArrayList<>();
    durable.clear();
    try {
      for (Queued queued : group) {
        Applied did = writer.apply(queued.change());
        applied.add(did);
        if (did.moved()) {
          durable.add(queued.change());
        }
      }
      writer.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    totals = writer.totals();
    durable.forEach(onDurable);
    return applied;
  }

  private <T> Future<T> ask(Query<T> query) {
    Promise<T> answer = Promise.promise();
    reads.add(() -> run(query, answer));
    return answer.future();
  }

  private <T> void run(Query<T> query, Promise<T> answer) {
    if (isUnreadable) {
      answers.add(() -> answer.fail(unavailable()));
      return;
    }
    try {
      T found = query.run(reader);
      answers.add(() -> answer.complete(found));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static JournalUnavailable unavailable() {
    return new JournalUnavailable("no space left", new SQLException("disk full"));
  }
}
