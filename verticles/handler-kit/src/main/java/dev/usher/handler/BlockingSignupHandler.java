package dev.usher.handler;

import org.jspecify.annotations.Nullable;

/**
 * A {@link SignupHandler} that may block: each delivery runs on a worker thread of its own, as many
 * at once as the instance has slots.
 */
@FunctionalInterface
public interface BlockingSignupHandler {

  /**
   * Does the work. Returning means that the delivery succeeded; the value, if any, is kept as the
   * result (at most 4 KiB of JSON). {@link Rejected} ends the delivery, {@link RetryLater} names
   * the wait, and any other exception leads to another attempt.
   */
  @Nullable Object handle(Signup signup) throws Exception;

  /**
   * Lets everything go that was kept of a delivery whose signup was erased; see {@link
   * SignupHandler#erase}. Returning means that nothing is left.
   */
  default void erase(Erased erased) throws Exception {}

  /** Lets go of what the handler holds; called once, when nothing is in flight any more. */
  default void stop() throws Exception {}
}
