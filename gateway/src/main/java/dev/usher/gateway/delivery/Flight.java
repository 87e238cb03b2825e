package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Outcome;

/** An attempt on its way. A class, not a record: two flights are never the same one. */
final class Flight {

  private final String delivery;
  private final Attempt attempt;
  private final Instance instance;
  private final VersionFigures figures;
  private final long sentNanos;

  /**
   * Starts the clock.
   *
   * @param instance where the attempt goes
   * @param sentNanos monotonic time of now
   */
  Flight(Attempt attempt, Instance instance, long sentNanos) {
    this.delivery = attempt.delivery().id();
    this.attempt = attempt;
    this.instance = instance;
    this.figures = instance.figures();
    this.sentNanos = sentNanos;
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

  /** Whether nobody waits for it any more. */
  boolean isLate(long nanos) {
    return nanos - sentNanos >= attempt.timeout().toNanos();
  }

  /** It ended now. */
  void count(Outcome outcome, long nanos) {
    figures.count(outcome, nanos - sentNanos, nanos);
  }
}
