package dev.usher.gateway.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Room for bodies that are not there as a whole yet. Each connection may begin one and then say no
 * more: without a bound for all of them together, clients could fill the heap. A body as short as
 * most signups needs no room, so that these are taken even when there is none. Thread-safe.
 */
final class BodyRoom {

  /** For those who have a token. */
  static final BodyRoom ENDLESS = new BodyRoom(Long.MAX_VALUE);

  /** What a connection costs anyway is several times this. */
  private static final int FREE_BYTES = 2 << 10;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /** Room for this many bytes. */
  BodyRoom(long most) {
    this.most = most;
  }

  /** A body without a byte yet. */
  Share open() {
    return new Share();
  }

  /** What is taken now. */
  long taken() {
    return taken.get();
  }

  /** The room of one body; lives on the event loop of its request. */
  final class Share {

    private long bytes;

    /** Whether there is room for a body that has grown to this length. */
    boolean grow(int length) {
      long more = length - bytes;
      if (length <= FREE_BYTES || more <= 0) {
        return true;
      }
      if (taken.addAndGet(more) > most) {
        taken.addAndGet(-more);
        return false;
      }
      bytes = length;
      return true;
    }

    /** Gives all of it back; again does nothing. */
    void close() {
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
