package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The next deliveries of one action in a lane that goes by time, earliest first. Holds everything
 * due before its <i>horizon</i>; what is due later stays in the journal until the window is empty.
 * Lives on the loop.
 */
final class TimedWindow implements Line {

  private static final Comparator<Delivery> EARLIEST_FIRST =
      Comparator.comparing(Delivery::due).thenComparingLong(delivery -> delivery.signup().seq());

  /** Longest queue of payloads in memory per action; the rest stays in the journal. */
  private static final long MAX_BYTES = 4L << 20;

  private final String action;
  private final Lane lane;
  private final Journal journal;
  private final int capacity;
  private final WindowOwner owner;
  private final TreeSet<Delivery> waiting = new TreeSet<>(EARLIEST_FIRST);
  private Instant horizon = Instant.MIN;
  private long bytes;
  private final List<Delivery> committedWhilePaging = new ArrayList<>();
  private boolean isPaging;
  private int generation;

  /** Starts empty, with everything still in the journal. */
  TimedWindow(String action, Lane lane, Journal journal, int capacity, WindowOwner owner) {
    this.action = action;
    this.lane = lane;
    this.journal = journal;
    this.capacity = capacity;
    this.owner = owner;
  }

  /** Forgets everything; the journal is asked again. */
  void reset() {
    waiting.clear();
    bytes = 0;
    horizon = Instant.MIN;
    isPaging = false;
    committedWhilePaging.clear();
    generation++;
  }

  /** A delivery of this lane was committed as pending. */
  void committed(Delivery delivery) {
    if (isPaging) {
      // The page may have been read before this commit: its answer decides where this one goes.
      committedWhilePaging.add(delivery);
      return;
    }
    if (!delivery.due().isBefore(horizon)) {
      return;
    }
    add(delivery);
    while (waiting.size() > 1 && (waiting.size() > capacity || bytes > MAX_BYTES)) {
      Delivery last = waiting.last();
      drop(last);
      horizon = last.due();
    }
  }

  private void add(Delivery delivery) {
    if (waiting.add(delivery)) {
      bytes += delivery.signup().weight();
    }
  }

  private void drop(Delivery delivery) {
    waiting.remove(delivery);
    bytes -= delivery.signup().weight();
  }

  boolean hasDue(Instant now) {
    return !waiting.isEmpty() && !waiting.first().due().isAfter(now);
  }

  @Override
  public Delivery peek() {
    return waiting.first();
  }

  @Override
  public Delivery poll() {
    Delivery next = waiting.first();
    drop(next);
    return next;
  }

  /** Takes a delivery out that needs no attempt any more. */
  void remove(long seq) {
    waiting.stream()
        .filter(delivery -> delivery.signup().seq() == seq)
        .toList()
        .forEach(this::drop);
    committedWhilePaging.removeIf(delivery -> delivery.signup().seq() == seq);
  }

  /** Deliveries that are due, as far as the window knows. */
  long countDue(Instant now) {
    return waiting.stream().takeWhile(delivery -> !delivery.due().isAfter(now)).count();
  }

  /** When the next delivery is due, as far as the window knows; else the last of times. */
  Instant nextDue() {
    return waiting.isEmpty() ? Instant.MAX : waiting.first().due();
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
            .timed(action, lane, new Page.Limit(capacity, MAX_BYTES))
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
    List<Delivery> found = page.deliveries();
    horizon = page.isLast() ? Instant.MAX : found.get(found.size() - 1).due();
    List<Delivery> meanwhile = List.copyOf(committedWhilePaging);
    committedWhilePaging.clear();
    // What a commit said is newer than what the page says of the same delivery.
    Set<Long> superseded =
        meanwhile.stream().map(delivery -> delivery.signup().seq()).collect(Collectors.toSet());
    found.stream()
        .filter(delivery -> !owner.isInHand(delivery.signup().seq()))
        .filter(delivery -> !superseded.contains(delivery.signup().seq()))
        .forEach(this::add);
    meanwhile.forEach(this::committed);
    owner.filled();
  }
}
