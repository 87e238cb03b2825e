package dev.usher.gateway.metrics;

import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.wire.Origin;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Attempts by version of a handler and outcome: counters that come and go with the versions that
 * are told of, which are a bounded number.
 */
final class VersionCounters {

  /**
   * One counter.
   *
   * @param version the deployment, where it is of one: versions of two may be called the same
   */
  private record Key(String handler, String version, Outcome outcome) {}

  /** A counter and where it stands. */
  private static final class Series {

    private volatile long count;
    private final FunctionCounter counter;

    Series(Key key, MeterRegistry registry) {
      counter =
          FunctionCounter.builder("usher.handler.attempts", this, self -> self.count)
              .description("Attempts that ended, by version of the handler and outcome")
              .tags(
                  "handler", key.handler(),
                  "version", key.version(),
                  "outcome", key.outcome().word())
              .register(registry);
    }
  }

  private final MeterRegistry registry;
  private final Map<Key, Series> series = new HashMap<>();

  VersionCounters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** From now on these are shown, as they stand, and no others. */
  void show(List<VersionStatus> versions) {
    Map<Key, Long> counts = new HashMap<>();
    versions.forEach(
        version ->
            version
                .outcomes()
                .forEach(
                    (outcome, count) -> counts.merge(key(version, outcome), count, Long::sum)));
    removeAllBut(counts.keySet());
    counts.forEach(
        (key, count) ->
            series.computeIfAbsent(key, none -> new Series(key, registry)).count = count);
  }

  private void removeAllBut(Set<Key> shown) {
    series.forEach(
        (key, one) -> {
          if (!shown.contains(key)) {
            registry.remove(one.counter);
          }
        });
    series.keySet().retainAll(shown);
  }

  private static Key key(VersionStatus version, Outcome outcome) {
    boolean isDeployed = Origin.of(version.deployment()) == Origin.DEPLOYED;
    String name = isDeployed ? version.deployment() : version.version();
    return new Key(version.handler(), name, outcome);
  }
}
