package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The kit instances at one address, and which of them gets what. Where instances of a canary are
 * there besides others, a signup is for one of both: by its id, so that every attempt goes the same
 * way. Where only one of both is there, it gets everything. Lives on the loop.
 */
final class Place {

  /** What a version is to have where no canary runs. */
  static final int WHOLE = 100;

  private final List<Instance> kits = new ArrayList<>();

  /** Percent of the signups; {@link #WHOLE} where no canary is here. */
  private int canaryShare = WHOLE;

  private boolean hasCanary;

  List<Instance> kits() {
    return kits;
  }

  void add(Instance instance, CanaryShares shares) {
    kits.add(instance);
    tellCanaries(shares);
  }

  void remove(Instance instance, CanaryShares shares) {
    kits.remove(instance);
    tellCanaries(shares);
  }

  boolean hasCanary() {
    return hasCanary;
  }

  /** Follows these shares; {@code true} where other signups than before are the canary's. */
  boolean divide(CanaryShares shares) {
    int before = canaryShare;
    tellCanaries(shares);
    return before != canaryShare;
  }

  private void tellCanaries(CanaryShares shares) {
    hasCanary = false;
    canaryShare = WHOLE;
    for (Instance instance : kits) {
      OptionalInt share = shares.of(instance.latest().deployment());
      instance.onTrial(share.isPresent());
      if (share.isPresent()) {
        hasCanary = true;
        // Canaries of two handlers at one address are one for us, and the smaller share holds.
        canaryShare = Math.min(canaryShare, share.getAsInt());
      }
    }
  }

  /** Percent of the signups that an instance's version is to have. */
  int shareOf(Instance instance) {
    if (!hasCanary) {
      return WHOLE;
    }
    return instance.isCanary() ? canaryShare : WHOLE - canaryShare;
  }

  Track track(String signup, long now) {
    boolean isForCanary =
        hasCanary
            && CanaryShares.place(signup) < canaryShare
            && isThere(true, now)
            && isThere(false, now);
    return isForCanary ? Track.CANARY : Track.MAIN;
  }

  /** Whether any instance takes deliveries, busy or not. */
  boolean isServed(long now) {
    for (Instance instance : kits) {
      if (instance.isRoutable(now)) {
        return true;
      }
    }
    return false;
  }

  /** The instance with room and the fewest in flight; none where all on the track are full. */
  @Nullable Instance best(Track track, int concurrency, long now) {
    if (!hasCanary) {
      return leastBusy(now);
    }
    if (track == Track.CANARY) {
      return canaryHasPlace(concurrency) ? leastBusy(true, now) : null;
    }
    return isThere(false, now) ? leastBusy(false, now) : leastBusy(now);
  }

  private boolean isThere(boolean isCanary, long now) {
    for (Instance instance : kits) {
      if (instance.isCanary() == isCanary && instance.isRoutable(now)) {
        return true;
      }
    }
    return false;
  }

  /** One attempt at least, or it could never show that it is well. */
  private boolean canaryHasPlace(int concurrency) {
    int inFlight = 0;
    for (Instance instance : kits) {
      inFlight += instance.isCanary() ? instance.inFlight() : 0;
    }
    return inFlight < Math.max(1, (long) concurrency * canaryShare / WHOLE);
  }

  private @Nullable Instance leastBusy(boolean isCanary, long now) {
    Instance best = null;
    for (Instance instance : kits) {
      if (instance.isCanary() == isCanary) {
        best = better(best, instance, now);
      }
    }
    return best;
  }

  private @Nullable Instance leastBusy(long now) {
    Instance best = null;
    for (Instance instance : kits) {
      best = better(best, instance, now);
    }
    return best;
  }

  private static @Nullable Instance better(@Nullable Instance best, Instance other, long now) {
    boolean isBetter = other.hasRoom(now) && (best == null || other.inFlight() < best.inFlight());
    return isBetter ? other : best;
  }
}
