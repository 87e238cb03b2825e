package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The one thread on which the pipeline lives, with its clock. */
public interface Loop {

  /** Wall-clock time, to the millisecond. */
  Instant now();

  /** Monotonic time in nanoseconds, for durations. */
  long nanos();

  /** Runs a step on the loop, soon: at once where the caller is on it already. */
  void run(Runnable step);

  /** Runs a step on the loop and answers what its future does. */
  default <T> Future<T> call(Supplier<Future<T>> step) {
    Promise<T> result = Promise.promise();
    run(
        () -> {
          try {
            var unused = step.get().onComplete(result);
          } catch (RuntimeException e) {
            result.fail(e);
          }
        });
    return result.future();
  }

  /** Runs a step on the loop after a while, unless it is cancelled before. */
  Timer after(Duration wait, Runnable step);

  /** A step that waits for its time. */
  interface Timer {

    /** Makes the step never run; no effect once it ran. */
    void cancel();
  }
}
