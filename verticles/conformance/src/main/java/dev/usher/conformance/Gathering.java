package dev.usher.conformance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Where handlers wait for each other, and something is done once all are there. */
final class Gathering {

  /** Longer than all cases of one handler take if each runs out of patience. */
  private static final long LIMIT_MINUTES = 10;

  private final AtomicInteger missing;
  private final Runnable then;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /**
   * Nobody is there yet.
   *
   * @param handlers how many come
   * @param then is run by the last one, before any goes on
   */
  Gathering(int handlers, Runnable then) {
    this.missing = new AtomicInteger(handlers);
    this.then = then;
  }

  /** One is there; it goes on. */
  void arrive() {
    if (missing.decrementAndGet() == 0) {
      try {
        then.run();
        done.complete(null);
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    }
  }

  /** Returns once all are there. */
  void await() {
    try {
      var unused = done.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new ConformanceFailed("the gateway did not come back", e);
    } catch (TimeoutException e) {
      throw new ConformanceFailed("not every handler came so far", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConformanceFailed("interrupted", e);
    }
  }
}
