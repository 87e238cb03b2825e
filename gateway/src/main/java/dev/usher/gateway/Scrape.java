package dev.usher.gateway;

import dev.usher.gateway.metrics.GatewayMetrics;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Answers a scrape. What has to be read from the journal is at most {@link #FRESH_MS} old. */
final class Scrape {

  private static final long FRESH_MS = 5_000;

  private record Oldest(Instant read, Map<String, Instant> byAction) {}

  private final Pipeline pipeline;
  private final GatewayMetrics metrics;
  private final Clock clock;
  private volatile Oldest known = new Oldest(Instant.MIN, Map.of());

  Scrape(Pipeline pipeline, GatewayMetrics metrics, Clock clock) {
    this.pipeline = pipeline;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Everything in Prometheus' text format, as it stands now. */
  Future<String> now() {
    Instant now = clock.instant();
    return oldest(now)
        .compose(
            oldest ->
                Future.all(pipeline.status(), pipeline.handlers(), pipeline.versions())
                    .map(
                        all ->
                            metrics.scrape(
                                all.resultAt(0),
                                all.resultAt(1),
                                all.resultAt(2),
                                oldest.byAction(),
                                now)));
  }

  /** A journal that can't be read must not keep the rest from being seen. */
  private Future<Oldest> oldest(Instant now) {
    if (known.read().plusMillis(FRESH_MS).isAfter(now)) {
      return Future.succeededFuture(known);
    }
    return pipeline
        .oldestDue()
        .map(byAction -> new Oldest(now, byAction))
        .onSuccess(read -> known = read)
        .otherwise(unreadable -> new Oldest(now, Map.of()));
  }
}
