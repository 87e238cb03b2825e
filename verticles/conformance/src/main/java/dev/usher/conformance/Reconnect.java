package dev.usher.conformance;

import dev.usher.conformance.Trial.Sent;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The gateway dies and comes back: the handler serves it again, and what it was doing is not done
 * twice.
 */
final class Reconnect {

  private static final int SLOW_MS = 3_000;

  private final CyclicBarrier restart;

  /** For so many handlers, which have one gateway. */
  Reconnect(Gateway gateway, int handlers) {
    restart =
        new CyclicBarrier(
            handlers,
            () -> {
              gateway.kill();
              gateway.start();
            });
  }

  Case inTable() {
    return new Case("reconnect", this::examine);
  }

  private void examine(Trial trial) {
    Sent running = trial.send(Asked.toWait(SLOW_MS));
    try {
      trial.awaitRunning(running);
    } finally {
      awaitRestart();
    }
    Delivery delivery = trial.ended(running).mustResultIn(Asked.BEGUN_ONCE);
    delivery.must(delivery.outcomes().contains("lost"), "an attempt should have been lost");
    trial.ended(trial.send(Asked.to("succeed"))).mustSucceed();
  }

  private void awaitRestart() {
    try {
      var unused = restart.await(2 * Wait.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new ConformanceFailed("the gateway did not come back", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConformanceFailed("interrupted", e);
    }
  }
}
