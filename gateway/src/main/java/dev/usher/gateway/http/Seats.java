package dev.usher.gateway.http;

import java.util.concurrent.atomic.AtomicInteger;

/** How many may be served in a way that holds a connection; thread-safe. */
final class Seats {

  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  Seats(int most) {
    this.most = most;
  }

  /** Whether there was one left; the caller gives it back. */
  boolean take() {
    if (taken.incrementAndGet() <= most) {
      return true;
    }
    giveBack();
    return false;
  }

  void giveBack() {
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }
}
