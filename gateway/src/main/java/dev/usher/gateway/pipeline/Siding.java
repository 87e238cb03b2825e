package dev.usher.gateway.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Deliveries of one action that wait for a canary without a free slot, out of the way of those for
 * other handlers, in the order they came. Bounded; still pending in the journal, so nothing is lost
 * with it. Lives on the loop.
 */
final class Siding {

  private static final long MAX_BYTES = 1L << 20;

  private final int capacity;
  private final Map<Long, Delivery> waiting = new LinkedHashMap<>();
  private long bytes;

  Siding(int capacity) {
    this.capacity = capacity;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  boolean hasRoom() {
    return waiting.size() < capacity && bytes < MAX_BYTES;
  }

  boolean contains(long seq) {
    return waiting.containsKey(seq);
  }

  void add(Delivery delivery) {
    waiting.put(delivery.signup().seq(), delivery);
    bytes += delivery.signup().weight();
  }

  /** The one that came first; only where it is not empty. */
  Delivery first() {
    return waiting.values().iterator().next();
  }

  /** Takes a delivery out, where it is there. */
  void remove(long seq) {
    Delivery gone = waiting.remove(seq);
    if (gone != null) {
      bytes -= gone.signup().weight();
    }
  }

  long count(Lane lane) {
    return waiting.values().stream().filter(delivery -> delivery.lane() == lane).count();
  }

  void clear() {
    waiting.clear();
    bytes = 0;
  }
}
