package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.List;

/**
 * What of one action may be attempted or waits for its time, lane by lane, and whose turn it is. A
 * bounded piece of what the journal holds; lives on the loop.
 */
final class Backlog {

  /** What was redriven gets one turn in this many. */
  private static final int REDRIVEN_TURN = 10;

  private final FreshWindow fresh;
  private final TimedWindow timed;
  private final TimedWindow redriven;
  private final TimedWindow delayed;
  private final List<TimedWindow> byTime;
  private final Siding siding;
  private long turn = 1;

  Backlog(String action, Journal journal, int window, WindowOwner owner) {
    this.fresh = new FreshWindow(action, journal, window, owner);
    this.timed = new TimedWindow(action, Lane.TIMED, journal, window, owner);
    this.redriven = new TimedWindow(action, Lane.REDRIVEN, journal, window, owner);
    this.delayed = new TimedWindow(action, Lane.DELAYED, journal, window, owner);
    this.byTime = List.of(timed, delayed, redriven);
    // Less than a window: a page must hold more than what it is to skip.
    this.siding = new Siding(window / 2);
  }

  /** What was next and stepped aside. */
  Siding siding() {
    return siding;
  }

  /** Forgets everything; the journal is asked again. */
  void reset() {
    siding.clear();
    fresh.reset();
    byTime.forEach(TimedWindow::reset);
  }

  /** Forgets retries: some were journaled without coming by here. */
  void resetTimed() {
    timed.reset();
  }

  /** Forgets what was redriven: more of it was journaled. */
  void resetRedriven() {
    redriven.reset();
  }

  /** Forgets first attempts with a time of their own: more of them were journaled. */
  void resetDelayed() {
    delayed.reset();
  }

  /** Asks the journal for more where there is little left. */
  void refill() {
    fresh.refill();
    byTime.forEach(TimedWindow::refill);
  }

  /** Takes a delivery out that needs no attempt any more. */
  void remove(long seq) {
    siding.remove(seq);
    fresh.remove(seq);
    byTime.forEach(window -> window.remove(seq));
  }

  /** Whether a new delivery that starts now overtakes nobody. */
  boolean isDrained(Instant now) {
    return fresh.isDrained() && !timed.hasDue(now) && !delayed.hasDue(now);
  }

  /** A delivery starts in its accepting transaction and never comes by here. */
  void pass(Delivery delivery) {
    fresh.pass(delivery);
  }

  /** A delivery was committed as pending; one that is held stands in no line. */
  void committed(Delivery delivery) {
    switch (delivery.lane()) {
      case FRESH -> fresh.committed(delivery);
      case TIMED -> timed.committed(delivery);
      case DELAYED -> delayed.committed(delivery);
      case REDRIVEN -> redriven.committed(delivery);
      case HELD -> {}
    }
  }

  /** Whether anything is due that did not step aside. */
  boolean hasNext(Instant now) {
    return hasFirst(now) || redriven.hasDue(now);
  }

  /** Whose turn it is, where anything is due; {@link #next} takes it. */
  Delivery peek(Instant now) {
    return line(now).peek();
  }

  /** Takes whose turn it is. */
  Delivery next(Instant now) {
    Line line = line(now);
    turn++;
    return line.poll();
  }

  /**
   * In turn, so that neither a flood of new signups nor one of retries starves the others; what was
   * redriven gets one turn in ten, and every turn that nobody else wants.
   */
  private Line line(Instant now) {
    if (redriven.hasDue(now) && (turn % REDRIVEN_TURN == 0 || !hasFirst(now))) {
      return redriven;
    }
    boolean isTimesTurn = turn % 2 == 0 || fresh.isEmpty();
    if (isTimesTurn && timed.hasDue(now)) {
      return timed;
    }
    if (isTimesTurn && delayed.hasDue(now)) {
      return delayed;
    }
    return fresh;
  }

  /**
   * When the next one falls due after this time, as far as is known here; else the last of times.
   */
  Instant nextDueAfter(Instant now) {
    Instant next = Instant.MAX;
    for (TimedWindow window : byTime) {
      Instant due = window.nextDue();
      if (due.isAfter(now) && due.isBefore(next)) {
        next = due;
      }
    }
    return next;
  }

  /** Retries that are due, as far as is known here. */
  long countTimedDue(Instant now) {
    return timed.countDue(now) + siding.count(Lane.TIMED);
  }

  /** First attempts with a time of their own that are due, as far as is known here. */
  long countDelayedDue(Instant now) {
    return delayed.countDue(now) + siding.count(Lane.DELAYED);
  }

  /** Whether anything is there that goes before what a person sent round again. */
  private boolean hasFirst(Instant now) {
    return !fresh.isEmpty() || timed.hasDue(now) || delayed.hasDue(now);
  }
}
