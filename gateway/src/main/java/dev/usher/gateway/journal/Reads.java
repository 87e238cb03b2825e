package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.gateway.pipeline.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A thread that reads, with a connection of its own; a query waits only for those before it. */
final class Reads {

  private final Database database;
  private final Loop loop;
  private final ExecutorService thread;
  private Reader reader;

  @FunctionalInterface
  interface Query<T> {
    T run(Reader reader) throws SQLException;
  }

  Reads(String name, Database database, Loop loop) throws SQLException {
    this.database = database;
    this.loop = loop;
    thread = Executors.newSingleThreadExecutor(Threads.daemon(name));
    reader = new Reader(database.openForReading());
  }

  <T> Future<T> ask(Query<T> query) {
    Promise<T> answer = Promise.promise();
    try {
      thread.execute(() -> run(query, answer));
    } catch (RejectedExecutionException closed) {
      answer.fail(new JournalUnavailable("the journal is closed", closed));
    }
    return answer.future();
  }

  /** Waits for the query under way, but not for long. */
  void close() throws SQLException, InterruptedException {
    thread.shutdown();
    var unused = thread.awaitTermination(1, TimeUnit.SECONDS);
    reader.close();
  }

  private <T> void run(Query<T> query, Promise<T> answer) {
    try {
      T found = query.run(reader);
      loop.run(() -> answer.complete(found));
    } catch (SQLException | RuntimeException e) {
      reopen();
      loop.run(() -> answer.fail(new JournalUnavailable("the journal can't be read", e)));
    }
  }

  private void reopen() {
    try {
      reader.close();
      reader = new Reader(database.openForReading());
    } catch (SQLException stillGone) {
      // The next query finds a closed connection and comes by here again.
    }
  }
}
