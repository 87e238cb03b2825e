package dev.usher.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * One reader of the feed. It takes from the ring at its own pace; when the ring has gone on without
 * it, it begins anew with a snapshot. Lives on the feed's context.
 */
final class FeedReader {

  private final EventStream stream;
  private final FeedRing ring;
  private final LongFunction<Future<Buffer>> snapshots;
  private long position;
  private boolean isAwaiting;
  private boolean isFull;

  FeedReader(
      EventStream stream, FeedRing ring, LongFunction<Future<Buffer>> snapshots, long position) {
    this.stream = stream;
    this.ring = ring;
    this.snapshots = snapshots;
    this.position = position;
    stream.onReady(
        () -> {
          isFull = false;
          read();
        });
  }

  /** Sends whatever it has not seen, as far as it can take it. */
  void read() {
    while (!isAwaiting && !isFull && !stream.isOver()) {
      if (position < 0 || !ring.isWholeAfter(position)) {
        reset();
        return;
      }
      Optional<FeedRing.Event> next = ring.get(position + 1);
      if (next.isEmpty()) {
        return;
      }
      send(next.get().number(), next.get().text());
    }
  }

  void end() {
    stream.end();
  }

  private void send(long number, Buffer text) {
    if (stream.write(text)) {
      position = number;
    } else {
      isFull = true;
    }
  }

  private void reset() {
    isAwaiting = true;
    long number = ring.last();
    var unused =
        snapshots
            .apply(number)
            .onSuccess(
                snapshot -> {
                  isAwaiting = false;
                  send(number, snapshot);
                  read();
                })
            .onFailure(failure -> stream.end());
  }
}
