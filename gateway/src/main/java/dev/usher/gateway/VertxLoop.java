package dev.usher.gateway;

import dev.usher.gateway.pipeline.Loop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The pipeline's loop on one Vert.x event loop, with the machine's clocks. */
final class VertxLoop implements Loop {

  private final Vertx vertx;
  private final Context context;
  private volatile @Nullable Thread thread;

  VertxLoop(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    context.runOnContext(first -> thread = Thread.currentThread());
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(System.currentTimeMillis());
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void run(Runnable step) {
    if (Thread.currentThread() == thread) {
      step.run();
    } else {
      context.runOnContext(turn -> step.run());
    }
  }

  @Override
  public Timer after(Duration wait, Runnable step) {
    long id = vertx.setTimer(Math.max(1, wait.toMillis()), fired -> run(step));
    return () -> vertx.cancelTimer(id);
  }
}
