package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.time.Instant;

/** The one thread on which the pipeline lives, with its clock. */
public interface Loop {

  /** Wall-clock time, to the millisecond. */
  Instant now();

  /** Monotonic time in nanoseconds, for durations. */
  long nanos();

  /** Runs a step on the loop, soon: at once where the caller is on it already. */
  void run(Runnable step);

  /** Runs a step on the loop after a while, unless it is cancelled before. */
  Timer after(Duration wait, Runnable step);

  /** A step that waits for its time. */
  interface Timer {

    /** Makes the step never run; no effect once it ran. */
    void cancel();
  }
}
