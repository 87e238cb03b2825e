package dev.usher.gateway.pipeline;

import java.time.Duration;

/**
 * How long a failed delivery waits for its next attempt, and when it gives up: after attempt n it
 * waits {@code first × factor^(n−1)}, at most {@code max}, less up to a fifth at random so that
 * deliveries that failed together don't return together.
 *
 * @param first wait after the first attempt
 * @param factor growth from one wait to the next, at least 1
 * @param max longest wait
 * @param giveUpAfter time from the first attempt's start after which a failure is final
 */
public record Retry(Duration first, double factor, Duration max, Duration giveUpAfter) {

  /** The default: an outage over lunch kills nothing. */
  public static final Retry DEFAULT =
      new Retry(Duration.ofSeconds(1), 2, Duration.ofMinutes(15), Duration.ofHours(24));

  private static final double JITTER = 0.2;

  /** Checks what no configuration may ask for. */
  public Retry {
    if (first.isNegative() || first.isZero() || factor < 1 || max.compareTo(first) < 0) {
      throw new IllegalArgumentException("retry needs 0 < first <= max and factor >= 1");
    }
  }

  /**
   * The wait before the next attempt.
   *
   * @param attempts attempts made so far, from 1
   * @param random uniform in [0, 1): spreads the wait
   */
  public Duration waitAfter(int attempts, double random) {
    double grown = (double) first.toMillis() * Math.pow(factor, Math.min(attempts, 1_000) - 1.0);
    double capped = Math.min(grown, (double) max.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 - JITTER * random)));
  }
}
