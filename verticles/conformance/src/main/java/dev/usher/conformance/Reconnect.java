package dev.usher.conformance;

import dev.usher.conformance.Trial.Sent;

/**
 * The gateway dies and comes back: the handler serves it again, and what it was doing is not done
 * twice.
 */
final class Reconnect {

  /** Longer than it takes to see that it runs, and to end the gateway. */
  private static final int SLOW_MS = 2_000;

  private final Gathering here;
  private final Gathering running;

  /** For so many handlers, which have one gateway. */
  Reconnect(Gateway gateway, int handlers) {
    here = new Gathering(handlers, () -> {});
    running =
        new Gathering(
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
    here.arrive();
    here.await();
    Sent slow;
    try {
      slow = trial.send(Asked.toWait(SLOW_MS));
      trial.awaitRunning(slow);
    } finally {
      running.arrive();
    }
    running.await();
    Delivery delivery = trial.ended(slow).mustResultIn(Asked.BEGUN_ONCE);
    delivery.must(delivery.outcomes().contains("lost"), "an attempt should have been lost");
    trial.ended(trial.send(Asked.to("succeed"))).mustSucceed();
  }
}
