package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The next deliveries of one action that are due at a time of their own, earliest first. Holds
 * everything due before its <i>horizon</i>; what is due later stays in the journal until the window
 * is empty. Lives on the loop.
 */
final class TimedWindow {

  private static final Comparator<Delivery> EARLIEST_FIRST =
      Comparator.comparing(Delivery::due).thenComparingLong(delivery -> delivery.signup().seq());

  private final String action;
  private final Journal journal;
  private final int capacity;
  private final Set<Long> inHand;
  private final Runnable onFilled;
  private final TreeSet<Delivery> waiting = new TreeSet<>(EARLIEST_FIRST);
  private Instant horizon = Instant.MIN;
  private final List<Delivery> committedWhilePaging = new ArrayList<>();
  private boolean isPaging;
  private int generation;

  /**
   * Starts empty, with everything still in the journal.
   *
   * @param inHand deliveries that are being started, run or ended: a page must not bring them back
   * @param onFilled called when a page brought deliveries
   */
  TimedWindow(String action, Journal journal, int capacity, Set<Long> inHand, Runnable onFilled) {
    this.action = action;
    this.journal = journal;
    this.capacity = capacity;
    this.inHand = inHand;
    this.onFilled = onFilled;
  }

  /** Forgets everything; the journal is asked again. */
  void reset() {
    waiting.clear();
    horizon = Instant.MIN;
    isPaging = false;
    committedWhilePaging.clear();
    generation++;
  }

  /** A delivery was committed as pending after an attempt. */
  void committed(Delivery delivery) {
    if (isPaging) {
      // The page may have been read before this commit: its answer decides where this one goes.
      committedWhilePaging.add(delivery);
      return;
    }
    if (!delivery.due().isBefore(horizon)) {
      return;
    }
    waiting.add(delivery);
    if (waiting.size() > capacity) {
      horizon = waiting.pollLast().due();
    }
  }

  boolean hasDue(Instant now) {
    return !waiting.isEmpty() && !waiting.first().due().isAfter(now);
  }

  Delivery poll() {
    Delivery next = waiting.first();
    waiting.remove(next);
    return next;
  }

  /** Takes a delivery out that needs no attempt any more. */
  void remove(long seq) {
    waiting.removeIf(delivery -> delivery.signup().seq() == seq);
    committedWhilePaging.removeIf(delivery -> delivery.signup().seq() == seq);
  }

  /** When the next delivery is due, as far as the window knows. */
  Optional<Instant> nextDue() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().due());
  }

  /** Asks the journal for more where the window is empty. */
  void refill() {
    if (isPaging || !waiting.isEmpty() || horizon.equals(Instant.MAX)) {
      return;
    }
    isPaging = true;
    int asked = generation;
    var unused =
        journal
            .timed(action, capacity)
            .onSuccess(page -> filled(asked, page))
            .onFailure(unavailable -> giveUp(asked));
  }

  /** The journal can't be read; once it is back, a reset starts anew. */
  private void giveUp(int asked) {
    if (asked == generation) {
      isPaging = false;
    }
  }

  private void filled(int asked, List<Delivery> page) {
    if (asked != generation) {
      return;
    }
    isPaging = false;
    horizon = page.size() < capacity ? Instant.MAX : page.get(page.size() - 1).due();
    page.stream()
        .filter(delivery -> !inHand.contains(delivery.signup().seq()))
        .forEach(waiting::add);
    List<Delivery> meanwhile = List.copyOf(committedWhilePaging);
    committedWhilePaging.clear();
    meanwhile.forEach(this::committed);
    onFilled.run();
  }
}
