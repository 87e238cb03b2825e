package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.gateway.pipeline.NotScrubbed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes erased rows leave the files: out of the log, out of the free bytes of the journal's pages,
 * out of its backups. Reads the whole file on a thread of its own; commits wait only while the few
 * pages are cleared that need it. Requests that come meanwhile share the next run.
 */
final class Scrub implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);

  private final Database database;
  private final GroupCommit commits;
  private final BackupErasure backups;
  private final ScrubMark mark;
  private final Object copying;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Threads.daemon("journal-scrub"));
  private final List<Promise<Void>> waiting = new ArrayList<>();

  /** Open until the connections are closed: closing it sooner would end their POSIX locks. */
  private @Nullable FileChannel file;

  /**
   * Starts with nothing to do.
   *
   * @param copying held by whoever makes a backup
   */
  Scrub(Database database, GroupCommit commits, Object copying) {
    this.copying = copying;
    this.database = database;
    this.commits = commits;
    this.backups = new BackupErasure(database);
    this.mark = new ScrubMark(database);
  }

  /** Does what a crash prevented: it may have come between an erasure and its scrub. */
  void finish() {
    thread.execute(
        () -> {
          try {
            if (mark.isOwed()) {
              clean();
            }
          } catch (IOException | SQLException | ExecutionException | RuntimeException e) {
            LOG.error("erased signups may be left in the files: {}", e.getMessage());
          } catch (InterruptedException closing) {
            LOG.info("the files are scrubbed of erased signups at the next start");
          }
        });
  }

  /** Completes on any thread. */
  Future<Void> run() {
    Promise<Void> done = Promise.promise();
    synchronized (waiting) {
      waiting.add(done);
    }
    try {
      thread.execute(this::runForAll);
    } catch (RejectedExecutionException closed) {
      done.tryFail(new JournalUnavailable("the journal is closed", closed));
    }
    return done.future();
  }

  /** To be called when the connections are closed. */
  @Override
  public void close() {
    var unused = thread.shutdownNow();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("the scrub of {} did not end in time", database.file());
      }
      if (file != null) {
        file.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void runForAll() {
    List<Promise<Void>> served;
    synchronized (waiting) {
      served = List.copyOf(waiting);
      waiting.clear();
    }
    if (served.isEmpty()) {
      return;
    }
    try {
      clean();
      served.forEach(Promise::tryComplete);
    } catch (ExecutionException e) {
      served.forEach(one -> one.tryFail(e.getCause()));
    } catch (InterruptedException e) {
      served.forEach(one -> one.tryFail(new JournalUnavailable("the journal is closed", e)));
    } catch (IOException | SQLException | RuntimeException e) {
      served.forEach(one -> one.tryFail(new NotScrubbed(String.valueOf(e.getMessage()), e)));
    }
  }

  private void clean() throws IOException, SQLException, ExecutionException, InterruptedException {
    String erased = mark.read();
    await(commits.whileLogIsEmpty(() -> false));
    FreeBytes free = new FreeBytes(file());
    List<Long> used = free.used();
    if (!used.isEmpty()) {
      await(
          commits.whileLogIsEmpty(
              () -> {
                free.clear(used);
                return true;
              }));
    }
    synchronized (copying) {
      backups.run();
    }
    mark.keep(erased);
  }

  private FileChannel file() throws IOException {
    FileChannel known = file;
    if (known == null) {
      known = FileChannel.open(database.file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
      file = known;
    }
    return known;
  }

  private static void await(Future<Void> step) throws ExecutionException, InterruptedException {
    var unused = step.toCompletionStage().toCompletableFuture().get();
  }
}
