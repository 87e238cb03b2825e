package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.Scale;
import dev.usher.benchmark.figures.Column;
import dev.usher.benchmark.load.Load;
import dev.usher.benchmark.load.OpenLoop;
import dev.usher.benchmark.process.CpuMeter;
import dev.usher.benchmark.process.Gateway;

/** How fast signups are made durable, nobody taking deliveries. */
public final class AcceptedPart implements Part {

  /** The action waits, so that nothing but accepting is measured. */
  static final String ACTIONS =
      """
      actions:
        first: { required: true, address: bench.first, paused: true }
      """;

  @Override
  public String name() {
    return "accepted";
  }

  @Override
  public String title() {
    return "Accepted";
  }

  @Override
  public String meaning() {
    return """
        `POST /signups` with one required action, paused: each 202 comes after the commit that holds the signup was
        synced. The last row sends at half of the rate that 64 connections reached, at fixed times (open loop).
        """;
  }

  @Override
  public void measure(Bench bench) {
    Gateway gateway = bench.gateway(bench.ground(ACTIONS));
    bench.warmUp(gateway);
    for (int connections : bench.scale().connections()) {
      CpuMeter cpu = Bench.meter(gateway.process());
      Load load = bench.wrk().signups(gateway.signups(), connections, bench.scale().time());
      bench.keep(name(), Bench.connections(connections), load, cpu);
    }
    halfOfIt(bench, gateway);
  }

  private void halfOfIt(Bench bench, Gateway gateway) {
    String usual = Bench.connections(Scale.USUAL_CONNECTIONS);
    double half = bench.measurements().latest(name(), usual, Column.RATE).orElseThrow() / 2;
    try (OpenLoop loop = new OpenLoop(gateway.signups(), Scale.USUAL_CONNECTIONS)) {
      loop.run(half, OpenLoop.WARM_UP);
      CpuMeter cpu = Bench.meter(gateway.process());
      bench.keep(name(), "half of that rate", loop.run(half, bench.scale().time()), cpu);
    }
  }
}
