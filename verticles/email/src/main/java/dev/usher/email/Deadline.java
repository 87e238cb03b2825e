package dev.usher.email;

import java.time.Duration;

/**
 * A moment until which something may take; steps of the wall clock don't move it.
 *
 * @param nanos by {@link System#nanoTime}
 */
record Deadline(long nanos) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What is left; negative when it is over. */
  Duration timeLeft() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }
}
