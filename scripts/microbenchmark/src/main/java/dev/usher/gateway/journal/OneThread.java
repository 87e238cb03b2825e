package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A loop on a thread of its own. */
final class OneThread implements Loop, AutoCloseable {

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void run(Runnable step) {
    thread.execute(step);
  }

  @Override
  public Timer after(Duration wait, Runnable step) {
    Future<?> waiting = thread.schedule(step, wait.toMillis(), TimeUnit.MILLISECONDS);
    return () -> waiting.cancel(false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
