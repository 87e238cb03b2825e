package dev.usher.gateway.pipeline;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Spreads the attempts of an action evenly. The generic cell rate algorithm: one number, the time
 * at which the next start would be exactly on pace. Lives on the loop.
 */
final class RateLimit {

  /** How early a start may be: a timer that fires late must not cost throughput. */
  private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Optional<Rate> rate = Optional.empty();
  private long onPaceNanos;

  /** Follows another rate from the next attempt on; none means no limit. */
  void configure(Optional<Rate> configured, long now) {
    if (!configured.equals(rate)) {
      rate = configured;
      onPaceNanos = now;
    }
  }

  /** Whether an attempt may start now. */
  boolean allows(long now) {
    return rate.isEmpty() || now - onPaceNanos >= -TOLERANCE_NANOS;
  }

  /** An attempt starts now. */
  void started(long now) {
    rate.ifPresent(
        limit -> {
          long base = now - onPaceNanos > 0 ? now : onPaceNanos;
          onPaceNanos = base + limit.paceNanos();
        });
  }

  /** Nanoseconds until an attempt may start; 0 where one may start now. */
  long waitNanos(long now) {
    return allows(now) ? 0 : onPaceNanos - now;
  }
}
