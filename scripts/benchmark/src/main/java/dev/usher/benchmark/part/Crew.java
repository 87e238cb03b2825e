package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.process.Gateway;
import dev.usher.benchmark.process.Ground;
import dev.usher.benchmark.process.Running;
import java.time.Duration;
import java.util.List;

/** A gateway and the two handler processes of its two actions. */
record Crew(Gateway gateway, List<Running> handlers) {

  static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);

  private static final String ACTIONS =
      """
      actions:
        first: { required: true, address: bench.first }
        subscribe: { required: false, address: bench.second }
      """;

  /** All three are ready, and so much was loaded on them that everything in them has run often. */
  static Crew warm(Bench bench) {
    Ground ground = bench.ground(ACTIONS);
    List<Running> handlers =
        List.of(
            bench.handler("first", "bench.first", ground),
            bench.handler("second", "bench.second", ground));
    Gateway gateway = bench.gateway(ground);
    handlers.forEach(Running::awaitReady);
    bench.warmUp(gateway);
    gateway.awaitDrained(DRAIN_LIMIT);
    return new Crew(gateway, handlers);
  }
}
