package dev.usher.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The latest events of the feed, numbered without a gap, as many as its bounds let it keep. */
final class FeedRing {

  private static final int MOST = 1_000;
  private static final long MOST_BYTES = 4L << 20;

  private final Deque<Event> events = new ArrayDeque<>();
  private long bytes;
  private long last;

  /** One event, ready to be sent. */
  record Event(long number, Buffer text) {}

  /** Number of the latest event; 0 before the first. */
  long last() {
    return last;
  }

  /** Keeps what this makes of the next number, and lets the oldest go. */
  void add(String idPrefix, String name, Buffer data) {
    last++;
    Buffer text = EventStream.event(idPrefix + last, name, data);
    events.add(new Event(last, text));
    bytes += text.length();
    while (events.size() > MOST || bytes > MOST_BYTES) {
      bytes -= events.remove().text().length();
    }
  }

  /** Whether every event after this one is still here. */
  boolean isWholeAfter(long number) {
    return number <= last && (number == last || oldest() <= number + 1);
  }

  /** The event with this number. */
  Optional<Event> get(long number) {
    if (events.isEmpty() || number < oldest() || number > last) {
      return Optional.empty();
    }
    // Readers are mostly at the end, so the way from there is short.
    var backwards = events.descendingIterator();
    for (Event event = backwards.next(); ; event = backwards.next()) {
      if (event.number() == number) {
        return Optional.of(event);
      }
    }
  }

  /** Forgets all, and leaves a gap: whoever comes back has missed something. */
  void clear() {
    last++;
    events.clear();
    bytes = 0;
  }

  private long oldest() {
    Event first = events.peek();
    return first == null ? last + 1 : first.number();
  }
}
