package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * Brings what is due and free slots together. Lives on the loop.
 *
 * <h2>Two versions side by side</h2>
 *
 * What is for the canary and finds it full steps aside onto the siding, and the next may go; what
 * is for the others and finds them full is waited for, as the canary is owed its share of what
 * starts and no more. So first attempts start in order of acceptance on each track, a canary gets
 * its share of what starts with a backlog as without, and a full one stalls nobody. Where even the
 * siding is full, the others take what is for the canary: then it gets less than its share.
 */
final class Dispatch {

  /** Takes what starts. */
  @FunctionalInterface
  interface Departure {
    void start(Delivery delivery, Slot slot);
  }

  private final Backlog backlog;
  private final Siding siding;
  private final Invoker invoker;
  private final Departure departure;
  private boolean isSidingsTurn;

  Dispatch(Backlog backlog, Invoker invoker, Departure departure) {
    this.backlog = backlog;
    this.siding = backlog.siding();
    this.invoker = invoker;
    this.departure = departure;
  }

  /** Whether anything is due. */
  boolean hasDue(Instant now) {
    return backlog.hasNext(now) || !siding.isEmpty();
  }

  /** A slot for a delivery that overtakes nobody on its track; empty where it has to wait. */
  Optional<Slot> reserve(Action action, Delivery delivery) {
    return slot(action, track(action, delivery));
  }

  /** Starts one more; {@code false} where none can start. */
  boolean startNext(Action action, Instant now) {
    if (siding.isEmpty()) {
      return startDue(action, now);
    }
    // In turn: where one attempt at a time is allowed, neither must keep the other from it.
    isSidingsTurn = !isSidingsTurn;
    return isSidingsTurn
        ? startShunted(action) || startDue(action, now)
        : startDue(action, now) || startShunted(action);
  }

  private boolean startShunted(Action action) {
    Delivery first = siding.first();
    Optional<Slot> slot = reserve(action, track(action, first));
    if (slot.isEmpty()) {
      return false;
    }
    siding.remove(first.signup().seq());
    departure.start(first, slot.get());
    return true;
  }

  private boolean startDue(Action action, Instant now) {
    while (backlog.hasNext(now)) {
      Track track = track(action, backlog.peek(now));
      if (track == Track.CANARY && !siding.isEmpty() && startShunted(action)) {
        return true;
      }
      Optional<Slot> slot = slot(action, track);
      if (slot.isPresent()) {
        departure.start(backlog.next(now), slot.get());
        return true;
      }
      if (track == Track.MAIN || !siding.hasRoom()) {
        return false;
      }
      siding.add(backlog.next(now));
    }
    return false;
  }

  /** What is on the siding goes first; what finds no room even there goes to the others. */
  private Optional<Slot> slot(Action action, Track track) {
    boolean isBehind = track == Track.CANARY && !siding.isEmpty();
    Optional<Slot> slot = isBehind ? Optional.empty() : reserve(action, track);
    boolean mayGoElsewhere = track == Track.CANARY && !siding.hasRoom();
    return slot.isEmpty() && mayGoElsewhere ? reserve(action, Track.MAIN) : slot;
  }

  private Track track(Action action, Delivery delivery) {
    return invoker.track(action.address(), delivery.signup());
  }

  private Optional<Slot> reserve(Action action, Track track) {
    return invoker.reserve(action.address(), track, action.concurrency());
  }
}
