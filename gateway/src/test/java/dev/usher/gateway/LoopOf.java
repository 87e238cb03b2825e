package dev.usher.gateway;

import dev.usher.gateway.pipeline.Loop;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The gateway's real loop, whose monotonic clock a test can put forward. */
public final class LoopOf implements Loop {

  private final Loop real;
  private final AtomicLong ahead = new AtomicLong();

  /** Runs on one event loop of this Vert.x. */
  public LoopOf(Vertx vertx) {
    real = new VertxLoop(vertx);
  }

  /** Lets this much time seem to have passed. */
  public void skip(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  @Override
  public Instant now() {
    return real.now();
  }

  @Override
  public long nanos() {
    return real.nanos() + ahead.get();
  }

  @Override
  public void run(Runnable step) {
    real.run(step);
  }

  @Override
  public Timer after(Duration wait, Runnable step) {
    return real.after(wait, step);
  }
}
