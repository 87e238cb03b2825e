package dev.usher.conformance;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what others do. */
final class Wait {

  /** Far longer than a handler that conforms needs, also on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Wait() {}

  /** The first value that there is; one that does not come is the handler's fault. */
  @CanIgnoreReturnValue
  static <T> T until(String what, Supplier<Optional<T>> look) {
    long begin = System.nanoTime();
    Optional<T> found = look.get();
    while (found.isEmpty()) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new NotConforming("not within " + PATIENCE.toSeconds() + " seconds: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      found = look.get();
    }
    return found.get();
  }
}
