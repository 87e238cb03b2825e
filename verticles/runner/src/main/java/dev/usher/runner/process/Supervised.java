package dev.usher.runner.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A process that is kept running: where it ends by itself it is started again, after a wait. */
public final class Supervised {

  /** Longest time from its start until it is ready. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  /** Ends in a row that make it a failure: the fifth comes some 15 seconds after the first. */
  private static final int MANY = 5;

  private final Supplier<Command> command;
  private final Observer observer;
  private final Backoff backoff;
  private final List<ReadyLine> handlers;
  private Run run;
  private int ends;
  private boolean isStopping;

  private Supervised(
      Supplier<Command> command,
      Observer observer,
      Backoff backoff,
      List<ReadyLine> handlers,
      Run run) {
    this.command = command;
    this.observer = observer;
    this.backoff = backoff;
    this.handlers = handlers;
    this.run = run;
  }

  /**
   * Starts it; returns once it is ready.
   *
   * @param command asked at each start
   * @throws DoesNotStart where the first start fails: nothing of it is left
   */
  public static Supervised start(Supplier<Command> command, Observer observer) throws DoesNotStart {
    return start(command, observer, new Backoff(FIRST_WAIT));
  }

  static Supervised start(Supplier<Command> command, Observer observer, Backoff backoff)
      throws DoesNotStart {
    Run first = run(command.get(), observer);
    List<ReadyLine> handlers = awaitReady(first);
    Supervised supervised = new Supervised(command, observer, backoff, handlers, first);
    supervised.watch(first);
    return supervised;
  }

  /** The handlers in it, as they were at its first start. */
  public List<ReadyLine> handlers() {
    return handlers;
  }

  /** Process id of its last run. */
  public synchronized long pid() {
    return run.pid();
  }

  /**
   * Tells it to finish what it has and end, or not to start again; kills it where it has not ended
   * by then. Done when it has ended.
   */
  public CompletableFuture<Void> stop(Duration limit) {
    Run last = last();
    last.terminate();
    after(limit).execute(last::kill);
    return last.ended().thenAccept(exitCode -> {});
  }

  private synchronized Run last() {
    isStopping = true;
    return run;
  }

  private static Run run(Command command, Observer observer) throws DoesNotStart {
    try {
      return Run.start(command, observer::printed);
    } catch (IOException e) {
      throw new DoesNotStart("it can't be run: " + e.getMessage(), e);
    }
  }

  private static List<ReadyLine> awaitReady(Run run) throws DoesNotStart {
    try {
      return run.ready().get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      var unused = run.ended().join();
      throw new DoesNotStart("it ended " + run.how() + ", not yet ready" + run.tail().all(), e);
    } catch (TimeoutException e) {
      run.kill();
      String limit = START_LIMIT.toSeconds() + " s";
      throw new DoesNotStart("it hangs: not ready after " + limit + run.tail().all(), e);
    } catch (InterruptedException e) {
      run.kill();
      throw new DoesNotStart("it was told to end while it started", e);
    }
  }

  private void watch(Run started) {
    var unused = started.ended().thenAccept(exitCode -> ended(started));
  }

  private synchronized void ended(Run ended) {
    if (!isStopping) {
      ends++;
      Duration wait = backoff.ended(ended.served());
      observer.ended(ended.why(), ends, wait);
      if (backoff.ends() >= MANY) {
        String last = "last " + ended.how() + ended.tail().all();
        observer.failed("its process ended " + backoff.ends() + " times, " + last);
      }
      after(wait).execute(() -> again(ended));
    }
  }

  private synchronized void again(Run ended) {
    if (isStopping) {
      return;
    }
    try {
      run = run(command.get(), observer);
    } catch (DoesNotStart e) {
      observer.failed(String.valueOf(e.getMessage()));
      after(backoff.ended(Duration.ZERO)).execute(() -> again(ended));
      return;
    }
    watch(run);
    after(START_LIMIT).execute(killingUnlessReady(run));
    int times = ends;
    var unused = run.ready().thenAccept(handlers -> observer.recovered(ended.how(), times));
  }

  private static Runnable killingUnlessReady(Run run) {
    return () -> {
      if (!run.ready().isDone()) {
        run.kill();
      }
    };
  }

  private static Executor after(Duration wait) {
    return CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS);
  }
}
