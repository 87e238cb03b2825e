package dev.usher.gateway.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The next deliveries of one action that were never attempted, in order of acceptance. Holds a
 * bounded piece of what the journal holds; lives on the loop.
 *
 * <p><b>Cursor.</b> Everything up to {@code cursor} was in the window or started. While the window
 * is <i>at the head</i> the journal holds nothing beyond the cursor, so a commit feeds the window
 * directly. Once the window is full a commit is skipped and the window is no longer at the head:
 * from then on it is filled by paging, until a page ends with no commit skipped meanwhile.
 */
final class FreshWindow {

  /** Longest queue of payloads in memory per action; the rest stays in the journal. */
  private static final long MAX_BYTES = 4L << 20;

  private final String action;
  private final Journal journal;
  private final int capacity;
  private final Set<Long> inHand;
  private final Runnable onFilled;
  private final Deque<Delivery> queue = new ArrayDeque<>();
  private long bytes;
  private long cursor;
  private boolean atHead;
  private boolean isPaging;
  private boolean skippedWhilePaging;
  private int generation;

  /**
   * Starts empty and not at the head.
   *
   * @param inHand deliveries that are being started, run or ended: a page must not bring them back
   * @param onFilled called when a page brought deliveries
   */
  FreshWindow(String action, Journal journal, int capacity, Set<Long> inHand, Runnable onFilled) {
    this.action = action;
    this.journal = journal;
    this.capacity = capacity;
    this.inHand = inHand;
    this.onFilled = onFilled;
  }

  /** Forgets everything; the journal is asked again. */
  void reset() {
    queue.clear();
    bytes = 0;
    cursor = 0;
    atHead = false;
    isPaging = false;
    generation++;
  }

  /** Whether a new delivery would overtake nobody. */
  boolean isDrained() {
    return atHead && queue.isEmpty();
  }

  /** A delivery starts in its accepting transaction and never comes by here. */
  void pass(Delivery delivery) {
    cursor = Math.max(cursor, delivery.signup().seq());
  }

  /** A delivery was committed as pending. */
  void committed(Delivery delivery) {
    if (delivery.signup().seq() <= cursor) {
      return;
    }
    if (atHead && hasRoom()) {
      add(delivery);
    } else {
      atHead = false;
      skippedWhilePaging = true;
    }
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  Delivery poll() {
    Delivery next = queue.remove();
    bytes -= next.signup().weight();
    return next;
  }

  /** Asks the journal for more where the window runs low. */
  void refill() {
    if (atHead || isPaging || queue.size() > capacity / 2 || !hasRoom()) {
      return;
    }
    isPaging = true;
    skippedWhilePaging = false;
    int asked = generation;
    int limit = capacity - queue.size();
    var unused =
        journal
            .fresh(action, cursor, limit)
            .onSuccess(page -> filled(asked, page, page.size() < limit))
            .onFailure(unavailable -> giveUp(asked));
  }

  /** The journal can't be read; once it is back, a reset starts anew. */
  private void giveUp(int asked) {
    if (asked == generation) {
      isPaging = false;
    }
  }

  private void filled(int asked, List<Delivery> page, boolean wasLast) {
    if (asked != generation) {
      return;
    }
    isPaging = false;
    for (Delivery delivery : page) {
      if (!hasRoom()) {
        onFilled.run();
        return;
      }
      if (!inHand.contains(delivery.signup().seq())) {
        add(delivery);
      }
      cursor = Math.max(cursor, delivery.signup().seq());
    }
    atHead = wasLast && !skippedWhilePaging;
    onFilled.run();
  }

  private boolean hasRoom() {
    return queue.size() < capacity && bytes < MAX_BYTES;
  }

  private void add(Delivery delivery) {
    queue.add(delivery);
    bytes += delivery.signup().weight();
    cursor = delivery.signup().seq();
  }
}
