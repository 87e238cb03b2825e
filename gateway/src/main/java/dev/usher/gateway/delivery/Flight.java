package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;

/** An attempt on its way. A class, not a record: two flights are never the same one. */
final class Flight {

  private final String delivery;
  private final Attempt attempt;
  private final Instance instance;
  private final long deadlineNanos;

  /**
   * Starts the clock.
   *
   * @param instance where the attempt goes
   * @param deadlineNanos monotonic time after which nobody waits for it
   */
  Flight(Attempt attempt, Instance instance, long deadlineNanos) {
    this.delivery = attempt.delivery().id();
    this.attempt = attempt;
    this.instance = instance;
    this.deadlineNanos = deadlineNanos;
  }

  /** Id of the delivery. */
  String delivery() {
    return delivery;
  }

  Attempt attempt() {
    return attempt;
  }

  Instance instance() {
    return instance;
  }

  boolean isLate(long nanos) {
    return nanos - deadlineNanos >= 0;
  }
}
