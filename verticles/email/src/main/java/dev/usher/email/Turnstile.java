package dev.usher.email;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Lets so many in at once; the others wait in order, and one whose time is over is never let in.
 * The mail client's own queue would send a letter long after its delivery had been given up.
 */
final class Turnstile {

  private final Vertx vertx;
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private int free;

  Turnstile(Vertx vertx, int places) {
    this.vertx = vertx;
    this.free = places;
  }

  /** Succeeds when there is a place, to be given back; fails when there is none in time. */
  Future<Void> enter(Duration within) {
    synchronized (this) {
      if (free > 0) {
        free--;
        return Future.succeededFuture();
      }
      Promise<Void> turn = Promise.promise();
      waiting.add(turn);
      long timer = vertx.setTimer(Math.max(1, within.toMillis()), id -> giveUp(turn));
      return turn.future().onComplete(entered -> vertx.cancelTimer(timer));
    }
  }

  /** Gives a place back, to the next one who still waits. */
  void leave() {
    next().ifPresent(Promise::complete);
  }

  private synchronized Optional<Promise<Void>> next() {
    Optional<Promise<Void>> turn = Optional.ofNullable(waiting.poll());
    if (turn.isEmpty()) {
      free++;
    }
    return turn;
  }

  private void giveUp(Promise<Void> turn) {
    boolean stillWaiting;
    synchronized (this) {
      stillWaiting = waiting.remove(turn);
    }
    if (stillWaiting) {
      turn.fail(new TimeoutException("no free connection in time"));
    }
  }
}
