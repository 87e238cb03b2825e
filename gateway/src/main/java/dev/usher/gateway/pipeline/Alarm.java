package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One timer that is set again and again. Lives on the loop. */
final class Alarm {

  private final Loop loop;
  private final Runnable step;
  private Loop.@Nullable Timer timer;
  private Instant due = Instant.MAX;

  /**
   * Starts unset.
   *
   * @param step what is done when its time has come
   */
  Alarm(Loop loop, Runnable step) {
    this.loop = loop;
    this.step = step;
  }

  /** Goes off at this time and no other; never, where that is {@link Instant#MAX}. */
  void set(Instant now, Instant next) {
    if (next.equals(due)) {
      return;
    }
    cancel();
    if (next.isBefore(Instant.MAX)) {
      due = next;
      timer = loop.after(Duration.between(now, next), this::goOff);
    }
  }

  void cancel() {
    due = Instant.MAX;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void goOff() {
    due = Instant.MAX;
    step.run();
  }
}
