package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.BenchFailed;
import dev.usher.benchmark.Scale;
import dev.usher.benchmark.figures.Column;
import dev.usher.benchmark.figures.Measurements;
import dev.usher.benchmark.load.Load;
import dev.usher.benchmark.load.OpenLoop;
import dev.usher.benchmark.process.CpuMeter;
import dev.usher.benchmark.process.Gateway;
import dev.usher.benchmark.process.Running;
import dev.usher.benchmark.process.Totals;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The whole way: accepted, delivered to two handlers, both outcomes journaled. */
public final class CompletedPart implements Part {

  private static final Column OWED = new Column("owed at the end of the load", 0);
  private static final Column DRAINED = new Column("drained after s", 2);
  private static final String WAIT = "wait=20";
  private static final int WAITING_CONNECTIONS = 256;
  private static final String USUAL = Bench.connections(Scale.USUAL_CONNECTIONS);
  private static final String HALF = "half of that rate";

  @Override
  public String name() {
    return "completed";
  }

  @Override
  public String title() {
    return "Completed";
  }

  @Override
  public String meaning() {
    return """
        Each signup is owed a required and an optional delivery; two handler processes in the cluster succeed at
        once. The rate is that of signups with both outcomes in the journal, over the time of the load *and* of the
        wait until nothing was owed any more: a backlog that grew would be seen in "owed" and paid for. Of "256 that
        wait" each client waits until its signup is completed (`Prefer: wait`). The last row sends at half of the rate
        that 64 connections reached, at fixed times (open loop); its times are those of the 202.
        """;
  }

  @Override
  public void measure(Bench bench) {
    Crew crew = Crew.warm(bench);
    Gateway gateway = crew.gateway();
    Whole whole = new Whole(bench, gateway, crew.handlers());
    URI target = gateway.signups();
    Duration time = bench.scale().time();
    whole.measure(USUAL, () -> bench.wrk().signups(target, Scale.USUAL_CONNECTIONS, time));
    whole.measure(
        WAITING_CONNECTIONS + " that wait",
        () -> bench.wrk().signups(target, WAITING_CONNECTIONS, time, WAIT));
    double half = bench.measurements().latest(name(), USUAL, Column.RATE).orElseThrow() / 2;
    try (OpenLoop loop = new OpenLoop(target, Scale.USUAL_CONNECTIONS)) {
      loop.run(half, OpenLoop.WARM_UP);
      whole.measure(HALF, () -> loop.run(half, time));
    }
  }

  private final class Whole {

    private final Bench bench;
    private final Gateway gateway;
    private final List<Running> handlers;

    Whole(Bench bench, Gateway gateway, List<Running> handlers) {
      this.bench = bench;
      this.gateway = gateway;
      this.handlers = handlers;
    }

    void measure(String row, Supplier<Load> loading) {
      Totals before = gateway.awaitDrained(Crew.DRAIN_LIMIT);
      CpuMeter serverCpu = Bench.meter(gateway.process());
      CpuMeter handlersCpu = new CpuMeter(handlers);
      Load load = loading.get();
      long ended = System.nanoTime();
      long owed = gateway.totals().owed();
      Totals after = gateway.awaitDrained(Crew.DRAIN_LIMIT);
      double draining = (System.nanoTime() - ended) / 1e9;
      long completed = completed(before, after);
      bench.keepRate(name(), row, completed / (load.seconds() + draining));
      Measurements figures = bench.measurements();
      figures.add(name(), row, OWED, (double) owed);
      figures.add(name(), row, DRAINED, draining);
      figures.addTimes(name(), row, load);
      figures.add(name(), row, Column.SERVER_CPU, (double) serverCpu.micros() / completed);
      figures.add(name(), row, Column.HANDLERS_CPU, (double) handlersCpu.micros() / completed);
      if (load.cpuMicros() > 0) {
        figures.add(name(), row, Column.LOAD_CPU, (double) load.cpuMicros() / completed);
      }
    }

    private long completed(Totals before, Totals after) {
      long completed = after.completed() - before.completed();
      long succeeded = after.succeeded() - before.succeeded();
      if (after.accepted() != after.completed() || succeeded != 2 * completed) {
        throw new BenchFailed("the books don't fit: " + before + ", then " + after);
      }
      return completed;
    }
  }
}
