package dev.usher.gateway.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Time to wait in, up to a limit: short pauses at first, so that a quick end is seen quickly. */
final class Pause {

  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration MOMENT = Duration.ofMillis(5);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final long start = System.nanoTime();
  private final Duration limit;
  private Duration next = SHORTEST;

  Pause(Duration limit) {
    this.limit = limit;
  }

  /** Waits a little; answers false, at once, when no time is left. */
  boolean take() {
    Duration left = limit.minusNanos(System.nanoTime() - start);
    if (left.isNegative() || left.isZero()) {
      return false;
    }
    Duration pause = left.compareTo(next) < 0 ? left : next;
    wait(pause);
    next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    return true;
  }

  /** Waits a moment. */
  static void moment() {
    wait(MOMENT);
  }

  private static void wait(Duration time) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS))
        .join();
  }
}
