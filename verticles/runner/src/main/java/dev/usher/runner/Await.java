package dev.usher.runner;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/** Waits, on a thread that may block, for what has to be there before it goes on. */
final class Await {

  private Await() {}

  /**
   * What the future gives.
   *
   * @throws CompletionException with its failure as the cause
   */
  @CanIgnoreReturnValue
  static <T> T result(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
