package dev.usher.gateway.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The next deliveries of one action that were never attempted, in order of acceptance. Holds a
 * bounded piece of what the journal holds; lives on the loop.
 *
 * <p><b>Cursor.</b> Everything up to {@code cursor} was in the window or started. While the window
 * is <i>at the head</i> the journal holds nothing beyond the cursor, so a commit feeds the window
 * directly. Once the window is full a commit is skipped and the window is no longer at the head:
 * from then on it is filled by paging, until a page ends with no commit skipped meanwhile.
 */
final class FreshWindow implements Line {

  /** Longest queue of payloads in memory per action; the rest stays in the journal. */
  private static final long MAX_BYTES = 4L << 20;

  private final String action;
  private final Journal journal;
  private final int capacity;
  private final WindowOwner owner;
  private final Deque<Delivery> queue = new ArrayDeque<>();
  private long bytes;
  private long cursor;
  private boolean atHead;
  private boolean isPaging;
  private boolean skippedWhilePaging;
  private int generation;

  /** Starts empty and not at the head. */
  FreshWindow(String action, Journal journal, int capacity, WindowOwner owner) {
    this.action = action;
    this.journal = journal;
    this.capacity = capacity;
    this.owner = owner;
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

  @Override
  public Delivery peek() {
    return queue.element();
  }

  @Override
  public Delivery poll() {
    Delivery next = queue.remove();
    bytes -= next.signup().weight();
    return next;
  }

  /** Takes a delivery out that needs no attempt any more. */
  void remove(long seq) {
    Iterator<Delivery> waiting = queue.iterator();
    while (waiting.hasNext()) {
      Delivery delivery = waiting.next();
      if (delivery.signup().seq() == seq) {
        waiting.remove();
        bytes -= delivery.signup().weight();
      }
    }
  }

  /** Asks the journal for more where the window runs low. */
  void refill() {
    if (atHead || isPaging || queue.size() > capacity / 2 || !hasRoom()) {
      return;
    }
    isPaging = true;
    skippedWhilePaging = false;
    int asked = generation;
    Page.Limit limit = new Page.Limit(capacity - queue.size(), MAX_BYTES - bytes);
    var unused =
        journal
            .fresh(action, cursor, limit)
            .onSuccess(page -> filled(asked, page))
            .onFailure(unavailable -> giveUp(asked));
  }

  private void giveUp(int asked) {
    if (asked == generation) {
      isPaging = false;
      owner.unreadable();
    }
  }

  private void filled(int asked, Page page) {
    if (asked != generation) {
      return;
    }
    if (!page.corrupt().isEmpty()) {
      owner.corrupt(page.corrupt());
      return;
    }
    isPaging = false;
    for (Delivery delivery : page.deliveries()) {
      if (!hasRoom()) {
        owner.filled();
        return;
      }
      if (!owner.isInHand(delivery.signup().seq())) {
        add(delivery);
      }
      cursor = Math.max(cursor, delivery.signup().seq());
    }
    atHead = page.isLast() && !skippedWhilePaging;
    owner.filled();
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
