package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * How attempts of an action are made. Follows the configuration in force, also for deliveries that
 * were planned before it.
 *
 * @param timeout longest time of one attempt
 * @param retry when to try again and when to give up
 * @param concurrency most attempts in flight at once
 * @param rate how often attempts may start; no limit where empty
 * @param isRepeatable whether an attempt with unknown outcome may be repeated
 * @param isPaused whether attempts wait until a person says otherwise
 */
public record AttemptPolicy(
    Duration timeout,
    Retry retry,
    int concurrency,
    Optional<Rate> rate,
    boolean isRepeatable,
    boolean isPaused) {

  /** Time-out of an attempt where the configuration names none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** Attempts in flight where the configuration names no number; more add latency, not rate. */
  public static final int DEFAULT_CONCURRENCY = 256;

  /** What holds where the configuration says nothing. */
  public static final AttemptPolicy DEFAULT =
      new AttemptPolicy(
          DEFAULT_TIMEOUT, Retry.DEFAULT, DEFAULT_CONCURRENCY, Optional.empty(), true, false);

  /** Checks the bounds. */
  public AttemptPolicy {
    if (timeout.isNegative() || timeout.isZero() || concurrency < 1) {
      throw new IllegalArgumentException("timeout and concurrency must be positive");
    }
  }
}
