package dev.usher.runner.process;

import java.time.Duration;

/**
 * How long to wait before a process is started again: twice as long each time, until it has served
 * well. For one thread at a time.
 */
final class Backoff {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** One that served this long ended for a new reason. */
  private static final Duration WELL = Duration.ofMinutes(1);

  private final Duration first;
  private Duration next;
  private int ends;

  Backoff(Duration first) {
    this.first = first;
    this.next = first;
  }

  /**
   * The process has ended.
   *
   * @param served how long it had served
   * @return how long to wait
   */
  Duration ended(Duration served) {
    if (served.compareTo(WELL) >= 0) {
      ends = 0;
      next = first;
    }
    ends++;
    Duration wait = next;
    next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    return wait;
  }

  /** How often it has ended without having served well in between. */
  int ends() {
    return ends;
  }
}
