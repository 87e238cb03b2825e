package dev.usher.gateway;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be taken down, the last part first. Filled by one thread while the gateway starts; a
 * signal may begin to run it in the middle of that.
 */
final class Shutdown {

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  /** Far longer than any step takes, the waiting for attempts in flight included. */
  private static final long STEP_SECONDS = 120;

  private final Deque<Supplier<Future<Void>>> steps = new ArrayDeque<>();

  /** This goes before everything that was said so far. */
  synchronized void first(Supplier<Future<Void>> step) {
    steps.push(step);
  }

  /** The same for what does not take time. */
  void first(Runnable step) {
    first(
        () -> {
          step.run();
          return Future.succeededFuture();
        });
  }

  /**
   * Blocks until all is down. Each step is awaited here, as a chain of futures would end with the
   * event loops that the last step stops.
   */
  void run() {
    for (Supplier<Future<Void>> step = next(); step != null; step = next()) {
      try {
        step.get().toCompletionStage().toCompletableFuture().get(STEP_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        LOG.warn("a step of the shutdown failed: {}", String.valueOf(e.getMessage()));
      }
    }
  }

  private synchronized @Nullable Supplier<Future<Void>> next() {
    return steps.poll();
  }
}
