package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.ChangeUnwritable;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.gateway.pipeline.Loop;
import dev.usher.gateway.pipeline.Totals;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Whatever queued while the last commit ran goes into the next one:
 * groups grow with the load and nothing waits for a timer. A whole group is answered with one hop
 * to the loop.
 *
 * <h2>Errors</h2>
 *
 * An error closes the connection: what SQLite holds in memory is not to be trusted after a failed
 * sync. Everything that queues meanwhile is refused, the file is opened anew once a second, and
 * what it then says is the truth: also of the group whose commit failed, which may have happened
 * all the same. Its changes are answered once the file is open: each group has a number, which is
 * part of its transaction.
 *
 * <p>Nobody of that group is answered sooner, for nothing sooner is certain. A look at the file
 * says what its readers see, but frames that were written and not synced, or whose place in the
 * log's index could not be written, come to light only when the log is read anew from its
 * beginning; and that the disk is full tells of one write that failed, not of what lay on the disk
 * in its place.
 *
 * <p>A change that can't be written, though the journal can, fails alone: the rest of its group is
 * written without it.
 */
final class GroupCommit {

  /** Bounds the time one commit can take. */
  private static final int MAX_GROUP = 4_096;

  private static final long REOPEN_EVERY_MS = 1_000;
  private static final long IDLE_MS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  private final Database database;
  private final Loop loop;
  private final CommitListener listener;
  private final LinkedBlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Thread thread;
  private volatile BiConsumer<Change, Applied> told = (change, applied) -> {};
  private volatile Totals totals;
  private volatile long oldestNanos;
  private volatile boolean isDown;

  /** The file was deleted or replaced: what is written now would be lost with this process. */
  private volatile boolean isGone;

  private volatile boolean isStopping;
  private volatile boolean isClosed;
  private volatile boolean restartLog;

  /** Wait until the log is empty. */
  private final Queue<Pause> pauses = new ConcurrentLinkedQueue<>();

  private record Pause(FileStep step, Promise<Void> done) {}

  /** What is done to the file while nobody writes to it. */
  @FunctionalInterface
  interface FileStep {
    /** Returns whether it changed the file, so that no page of before may be written any more. */
    boolean run() throws IOException;
  }

  private final Opening opening;
  private Writer writer;

  /** Makes the writer of a fresh connection. */
  interface Opening {
    Writer open(Connection connection) throws SQLException;
  }

  /** A group whose commit failed: applied like this, and durable if the file has its number. */
  private record InDoubt(List<Queued> group, List<Applied> applied, long number) {}

  private record Queued(Change change, Promise<Applied> done, int bytes, long nanos) {}

  GroupCommit(Database database, Loop loop, CommitListener listener, Opening opening)
      throws SQLException {
    this.opening = opening;
    this.database = database;
    this.loop = loop;
    this.listener = listener;
    this.writer = open();
    this.totals = writer.totals();
    this.thread = new Thread(this::run, "journal-writer");
  }

  void start() {
    thread.start();
  }

  Future<Applied> write(Change change) {
    Promise<Applied> done = Promise.promise();
    if (isDown || isGone || isStopping) {
      done.fail(unavailable(new IllegalStateException(isStopping ? "closing" : "down")));
      return done.future();
    }
    int bytes = change instanceof Change.Accept accept ? accept.signup().payload().length : 0;
    queuedBytes.addAndGet(bytes);
    queue.add(new Queued(change, done, bytes, System.nanoTime()));
    if (isClosed) {
      refuseQueued(new IllegalStateException("closed"));
    }
    return done.future();
  }

  void onApplied(BiConsumer<Change, Applied> listener) {
    told = listener;
  }

  Totals totals() {
    return totals;
  }

  long lastSeq() {
    return writer.lastSeq();
  }

  Journal.Pressure pressure() {
    long oldest = oldestNanos;
    long age = oldest == 0 ? 0 : System.nanoTime() - oldest;
    return new Journal.Pressure(queuedBytes.get(), age, health());
  }

  private Journal.Health health() {
    if (isGone) {
      return Journal.Health.GONE;
    }
    return isDown ? Journal.Health.DOWN : Journal.Health.UP;
  }

  /** Somebody deleted or replaced the file; nothing is accepted until a restart. */
  void fileIsGone() {
    if (!isGone) {
      isGone = true;
      LOG.error(
          "{} was deleted or replaced; refusing signups: stop this gateway, put the file back from"
              + " a backup, start again",
          database.file());
    }
  }

  /** Has the writer move what is left in the log between two groups, so that it begins anew. */
  void requestLogRestart() {
    restartLog = true;
  }

  /**
   * Has the writer empty the log and then do this between two groups. Completes on any thread;
   * waits as long as a reader holds on to the log.
   */
  Future<Void> whileLogIsEmpty(FileStep step) {
    Promise<Void> done = Promise.promise();
    pauses.add(new Pause(step, done));
    if (isDown || isClosed) {
      failPauses(new IllegalStateException("down"));
    }
    return done.future();
  }

  /** Commits what is queued, then stops; waits for it. */
  void close() throws InterruptedException {
    isStopping = true;
    // Ends the wait for changes; a commit under way is not disturbed.
    thread.interrupt();
    thread.join();
    isClosed = true;
    refuseQueued(new IllegalStateException("closed"));
    failPauses(new IllegalStateException("closed"));
  }

  private Writer open() throws SQLException {
    Connection connection = database.openForWriting();
    try {
      database.migrate(connection);
      return opening.open(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void run() {
    List<Queued> group = new ArrayList<>();
    while (!isStopping || !queue.isEmpty()) {
      try {
        if (!take(group) || commit(group)) {
          tendLog();
        }
      } catch (InterruptedException e) {
        isStopping = true;
      }
      group.clear();
      oldestNanos = 0;
    }
    closeQuietly();
  }

  private boolean take(List<Queued> group) throws InterruptedException {
    Queued first = queue.poll(isStopping ? 0 : IDLE_MS, TimeUnit.MILLISECONDS);
    if (first == null) {
      return false;
    }
    oldestNanos = first.nanos();
    group.add(first);
    queue.drainTo(group, MAX_GROUP - 1);
    return true;
  }

  /** Makes a group durable and answers it; {@code false} where the group was refused instead. */
  private boolean commit(List<Queued> group) throws InterruptedException {
    long begin = System.nanoTime();
    long number = writer.group() + 1;
    List<Applied> applied = new ArrayList<>(group.size());
    try {
      applyAll(group, applied);
      if (group.isEmpty()) {
        return true;
      }
      writer.commit();
    } catch (SQLException | RuntimeException e) {
      failed(new InDoubt(List.copyOf(group), applied, number), e);
      return false;
    }
    totals = writer.totals();
    answer(List.copyOf(group), applied);
    long took = System.nanoTime() - begin;
    settle(() -> listener.committed(group.size(), took));
    return true;
  }

  /** Takes out of the group what can't be written, and applies the rest. */
  private void applyAll(List<Queued> group, List<Applied> applied) throws SQLException {
    while (applied.size() < group.size()) {
      try {
        applied.add(writer.apply(group.get(applied.size()).change()));
      } catch (SQLException | RuntimeException e) {
        if (!Poison.is(e)) {
          throw e;
        }
        refuseAlone(group.remove(applied.size()), e);
        applied.clear();
        // What it had done so far is gone with its connection; so is what the writer remembers.
        closeQuietly();
        writer = open();
      }
    }
  }

  private void refuseAlone(Queued queued, Exception cause) {
    LOG.error("a change can't be written ({}): {}", cause.getMessage(), name(queued.change()));
    release(List.of(queued));
    loop.run(
        () ->
            settle(
                () ->
                    queued
                        .done()
                        .tryFail(new ChangeUnwritable("the journal refuses this", cause))));
  }

  private static String name(Change change) {
    return change.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private void tendLog() throws InterruptedException {
    try {
      if (restartLog) {
        restartLog = false;
        writer.moveLog();
      }
      // A reader may be in the way: then again after the next group, or when there is none.
      if (!pauses.isEmpty() && writer.truncateLogSoon()) {
        runPauses();
      }
    } catch (SQLException | RuntimeException e) {
      failed(new InDoubt(List.of(), List.of(), writer.group()), e);
    }
  }

  private void runPauses() throws SQLException {
    boolean isChanged = false;
    List<Pause> ended = new ArrayList<>();
    for (Pause pause = pauses.poll(); pause != null; pause = pauses.poll()) {
      try {
        isChanged |= pause.step().run();
        ended.add(pause);
      } catch (IOException | RuntimeException e) {
        pause.done().tryFail(unavailable(e));
        isChanged = true;
      }
    }
    if (isChanged) {
      // The connection may hold pages as they were before.
      writer.close();
      writer = open();
    }
    ended.forEach(pause -> settle(() -> pause.done().tryComplete()));
  }

  private void failPauses(Exception cause) {
    for (Pause one = pauses.poll(); one != null; one = pauses.poll()) {
      one.done().tryFail(unavailable(cause));
    }
  }

  private void failed(InDoubt doubt, Exception cause) throws InterruptedException {
    LOG.error(
        "the journal can't be written; refusing signups until it can: {}", cause.getMessage());
    isDown = true;
    failPauses(cause);
    closeQuietly();
    boolean isCommitted = doubt.applied().size() == doubt.group().size();
    if (isCommitted) {
      reopen(doubt, cause);
    } else {
      refuse(doubt.group(), cause);
      reopen(new InDoubt(List.of(), List.of(), doubt.number()), cause);
    }
  }

  /** The file is open again and says whether the commit that failed happened. */
  private void answer(InDoubt doubt, Exception cause) throws SQLException {
    if (writer.group() < doubt.number()) {
      refuse(doubt.group(), cause);
    } else if (!doubt.group().isEmpty()) {
      // It was written but perhaps never synced: this copies it into the file and syncs that.
      var unused = writer.truncateLog();
      answer(doubt.group(), doubt.applied());
    }
  }

  private void answer(List<Queued> group, List<Applied> applied) {
    release(group);
    loop.run(
        () -> {
          for (int i = 0; i < applied.size(); i++) {
            Queued queued = group.get(i);
            Applied result = applied.get(i);
            if (result.moved()) {
              settle(() -> told.accept(queued.change(), result));
            }
            settle(() -> queued.done().tryComplete(result));
          }
        });
  }

  private void refuse(List<Queued> group, Exception cause) {
    release(group);
    loop.run(
        () -> group.forEach(queued -> settle(() -> queued.done().tryFail(unavailable(cause)))));
  }

  /** One listener's mistake must not keep the rest of its group from hearing. */
  private static void settle(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("what followed a commit failed", e);
    }
  }

  private void release(List<Queued> group) {
    queuedBytes.addAndGet(-group.stream().mapToLong(Queued::bytes).sum());
  }

  private void reopen(InDoubt doubt, Exception cause) throws InterruptedException {
    while (isDown && !isStopping) {
      refuseQueued(cause);
      try {
        database.tryWriting();
        writer = open();
        totals = writer.totals();
        answer(doubt, cause);
        isDown = false;
        LOG.info("the journal can be written again");
        loop.run(listener::reopened);
      } catch (SQLException | RuntimeException e) {
        LOG.warn("the journal still can't be opened: {}", e.getMessage());
        closeQuietly();
        TimeUnit.MILLISECONDS.sleep(REOPEN_EVERY_MS);
      }
    }
    if (isDown) {
      refuse(doubt.group(), cause);
    }
    // No refusal from here on: what queues now may be the first that the reopened file gets.
  }

  private void refuseQueued(Exception cause) {
    List<Queued> late = new ArrayList<>();
    queue.drainTo(late);
    refuse(late, cause);
  }

  private void closeQuietly() {
    try {
      writer.close();
    } catch (SQLException e) {
      LOG.debug("closing the journal", e);
    }
  }

  private static JournalUnavailable unavailable(Exception cause) {
    return new JournalUnavailable("the journal can't be written", cause);
  }
}
