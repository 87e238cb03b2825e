package dev.usher.handler;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import org.jspecify.annotations.Nullable;

/** Runs a blocking handler on worker threads of its own, so that no slot waits for a thread. */
final class WorkerHandler implements SignupHandler {

  private final BlockingSignupHandler handler;
  private @Nullable WorkerExecutor workers;

  WorkerHandler(BlockingSignupHandler handler) {
    this.handler = handler;
  }

  /** Makes the threads; called before the first delivery. */
  void start(Vertx vertx, String name, int threads) {
    workers = vertx.createSharedWorkerExecutor(name, threads);
  }

  /** The handler as it was written. */
  BlockingSignupHandler code() {
    return handler;
  }

  @Override
  public Future<?> handle(Signup signup) {
    return workers().executeBlocking(() -> handler.handle(signup), false);
  }

  @Override
  public Future<?> erase(Erased erased) {
    return workers()
        .executeBlocking(
            () -> {
              handler.erase(erased);
              return null;
            },
            false);
  }

  @Override
  public Future<?> stop() {
    return workers()
        .executeBlocking(
            () -> {
              handler.stop();
              return null;
            },
            false)
        .eventually(() -> workers().close());
  }

  private WorkerExecutor workers() {
    if (workers == null) {
      throw new IllegalStateException("a blocking handler works only inside an instance");
    }
    return workers;
  }
}
