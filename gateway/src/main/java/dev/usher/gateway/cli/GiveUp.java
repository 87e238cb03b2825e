package dev.usher.gateway.cli;

import dev.usher.gateway.pipeline.Retry;
import java.time.Duration;

/**
 * When a delivery whose every attempt fails at once is given up.
 *
 * @param after time from the first attempt after which a failure is final
 * @param attempts how many there are by then, with the average wait
 */
record GiveUp(Duration after, long attempts) {

  /** {@link Retry#waitAfter} no longer grows past this attempt. */
  private static final int GROWTH = 1_000;

  private static final double AVERAGE = 0.5;

  static GiveUp of(Retry retry) {
    Duration at = Duration.ZERO;
    int attempts = 1;
    while (at.compareTo(retry.giveUpAfter()) < 0 && attempts < GROWTH) {
      at = at.plus(retry.waitAfter(attempts, AVERAGE));
      attempts++;
    }
    return new GiveUp(retry.giveUpAfter(), attempts + rest(retry, at));
  }

  @Override
  public String toString() {
    String count = attempts == 1 ? "1 attempt" : "≈" + attempts + " attempts";
    return "gives up after " + Span.text(after) + " (" + count + ")";
  }

  private static long rest(Retry retry, Duration at) {
    long left = retry.giveUpAfter().minus(at).toMillis();
    long pause = Math.max(1, retry.waitAfter(GROWTH, AVERAGE).toMillis());
    return left <= 0 ? 0 : (left + pause - 1) / pause;
  }
}
