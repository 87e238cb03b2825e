package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.VersionStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What came of the attempts of one version: since it came, and over the last five minutes, which
 * are ten slices that are used in turn. Lives on the loop; counting allocates nothing.
 */
final class VersionFigures {

  private static final int SLICES = 10;
  private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String handler;
  private final String version;
  private final String deployment;
  private final EnumMap<Outcome, Tally> outcomes = new EnumMap<>(Outcome.class);
  private final Slice sinceItCame = new Slice();
  private final List<Slice> slices = Stream.generate(Slice::new).limit(SLICES).toList();
  private long seenNanos;

  VersionFigures(String handler, String version, String deployment) {
    this.handler = handler;
    this.version = version;
    this.deployment = deployment;
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, new Tally());
    }
  }

  /** An instance of it is there. */
  void seen(long now) {
    seenNanos = now;
  }

  long unseenNanos(long now) {
    return now - seenNanos;
  }

  /** An attempt ended. */
  void count(Outcome outcome, long tookNanos, long now) {
    tally(outcome).count++;
    if (outcome != Outcome.REFUSED) {
      sinceItCame.count(outcome, tookNanos);
      slice(now).count(outcome, tookNanos);
    }
  }

  private Tally tally(Outcome outcome) {
    return Objects.requireNonNull(outcomes.get(outcome));
  }

  private Slice slice(long now) {
    long number = Math.floorDiv(now, SLICE_NANOS);
    Slice slice = slices.get(Math.floorMod(number, SLICES));
    slice.begin(number);
    return slice;
  }

  VersionStatus status(int share, long now) {
    Map<Outcome, Long> ended = new EnumMap<>(Outcome.class);
    outcomes.forEach((outcome, tally) -> ended.put(outcome, tally.count));
    return new VersionStatus(
        handler, version, deployment, share, ended, lately(now).figures(), sinceItCame.figures());
  }

  private Slice lately(long now) {
    long oldest = Math.floorDiv(now, SLICE_NANOS) - SLICES + 1;
    Slice all = new Slice();
    for (Slice slice : slices) {
      if (slice.number >= oldest) {
        all.add(slice);
      }
    }
    return all;
  }

  /** How often something was so. */
  private static final class Tally {

    private long count;
  }

  /** A span of time. */
  private static final class Slice {

    private final Latencies latencies = new Latencies();
    private long number = Long.MIN_VALUE;
    private long attempts;
    private long failed;

    /** It is used anew for a later span. */
    void begin(long next) {
      if (number != next) {
        number = next;
        attempts = 0;
        failed = 0;
        latencies.clear();
      }
    }

    void count(Outcome outcome, long tookNanos) {
      attempts++;
      failed += outcome == Outcome.SUCCEEDED ? 0 : 1;
      latencies.count(tookNanos);
    }

    void add(Slice other) {
      attempts += other.attempts;
      failed += other.failed;
      latencies.add(other.latencies);
    }

    VersionStatus.Figures figures() {
      return new VersionStatus.Figures(
          attempts, failed, latencies.percentile(0.5), latencies.percentile(0.99));
    }
  }
}
