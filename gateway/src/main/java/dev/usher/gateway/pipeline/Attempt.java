package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.time.Instant;

/**
 * One try of a delivery, from its recorded start to its outcome.
 *
 * @param delivery the delivery with this attempt counted
 * @param slot where it runs
 * @param startedAt wall-clock time of the recorded start
 * @param startedNanos monotonic time of the same moment; durations are computed from it
 * @param timeout longest time to wait for the outcome
 */
public record Attempt(
    Delivery delivery, Slot slot, Instant startedAt, long startedNanos, Duration timeout) {

  /** Number of this attempt, from 1. */
  public int number() {
    return delivery.attempts();
  }
}
