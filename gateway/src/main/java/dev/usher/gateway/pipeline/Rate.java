package dev.usher.gateway.pipeline;

import java.time.Duration;

/**
 * How often attempts of an action may start.
 *
 * @param count attempts, at least 1
 * @param per the time in which that many may start
 */
public record Rate(int count, Duration per) {

  /** Checks the bounds. */
  public Rate {
    if (count < 1 || per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("a rate needs a count and a time");
    }
  }

  /** Monotonic nanoseconds from one attempt to the next at an even pace. */
  long paceNanos() {
    return Math.max(1, per.toNanos() / count);
  }
}
