package dev.usher.handler;

import io.vertx.core.Future;

/**
 * Performs one action for one signup at a time, any number of them side by side. Runs on the event
 * loop of its instance, so it must not block: see {@link BlockingSignupHandler} for code that does.
 */
@FunctionalInterface
public interface SignupHandler {

  /**
   * Does the work. The delivery succeeded when the future does; its value, if any, is kept as the
   * result (at most 4 KiB of JSON). A failure with {@link Rejected} ends the delivery, one with
   * {@link RetryLater} names the wait, and any other leads to another attempt. The same delivery
   * may come again where an outcome was lost.
   */
  Future<?> handle(Signup signup);

  /**
   * Lets everything go that was kept of a delivery whose signup was erased; only called where the
   * process serves an address for that, see {@link NamedHandler#erasedAt}. Succeeds once nothing is
   * left, also where nothing was kept.
   */
  default Future<?> erase(Erased erased) {
    return Future.succeededFuture();
  }

  /** Lets go of what the handler holds; called once, when nothing is in flight any more. */
  default Future<?> stop() {
    return Future.succeededFuture();
  }

  /** A handler that runs {@code handler} on worker threads, one for each of its slots. */
  static SignupHandler blocking(BlockingSignupHandler handler) {
    return new WorkerHandler(handler);
  }
}
