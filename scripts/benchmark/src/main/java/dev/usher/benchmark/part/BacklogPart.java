package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.BenchFailed;
import dev.usher.benchmark.Scale;
import dev.usher.benchmark.figures.Column;
import dev.usher.benchmark.figures.Measurements;
import dev.usher.benchmark.load.Load;
import dev.usher.benchmark.process.Gateway;
import dev.usher.benchmark.process.Ground;
import dev.usher.benchmark.process.HeapLog;
import dev.usher.benchmark.process.Jvm;
import dev.usher.benchmark.process.Rest;
import dev.usher.benchmark.process.Totals;
import java.time.Duration;

/** A million deliveries that wait for a handler, in a gateway with a small heap. */
public final class BacklogPart implements Part {

  private static final String ACTIONS =
      """
      actions:
        first: { required: true, address: bench.first }
      """;

  private static final Jvm SMALL = Jvm.withHeap("128m");
  private static final String BODY = "{\"username\":\"Joan\",\"email\":\"joan@example.com\"}";
  private static final Duration FILLING = Duration.ofSeconds(5);
  private static final Duration GLANCE = Duration.ofMillis(5);
  private static final Duration DRAIN_LIMIT = Duration.ofHours(1);

  private static final Column WAITING = new Column("waiting", 0);
  private static final Column MOST = new Column("heap after any collection, at most MiB", 0);
  private static final Column FIRST_ACCEPT = new Column("first 202 after s", 2);
  private static final Column FIRST_DELIVERY = new Column("first success after s", 2);
  private static final Column DRAIN_RATE = new Column("delivered/s", 0);
  private static final Column OUT_OF_ORDER = new Column("out of order", 0);

  private static final String EMPTY = "accepting, nothing waits";
  private static final String FULL = "accepting, all wait";
  private static final String RESTARTED = "started again after kill -9";
  private static final String DRAINED = "drained";

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String title() {
    return "Backlog";
  }

  @Override
  public String meaning() {
    return """
        A gateway with `-Xmx128m` and no handler. Signups are accepted at the start, then until the backlog is as
        large as it shall be, then once more; heap is what is left after a full collection. Then `kill -9`, and a
        start with all of it waiting and a handler there: time from the start of the process to ready, to the first
        202, to the first success in the journal; and how fast the backlog is worked off. Out of order: deliveries
        whose first attempt began before that of a signup accepted earlier.
        """;
  }

  @Override
  public void measure(Bench bench) {
    Ground ground = bench.ground(ACTIONS);
    fill(bench, ground);
    workOff(bench, ground);
    bench
        .measurements()
        .add(name(), DRAINED, OUT_OF_ORDER, (double) JournalFile.outOfOrder(ground));
  }

  private void fill(Bench bench, Ground ground) {
    HeapLog heap = new HeapLog(bench.work("filling.gc"));
    Gateway gateway = bench.gateway("gateway, backlog", SMALL.and(heap.flag()), ground);
    bench.warmUp(gateway);
    accept(bench, EMPTY, gateway, heap);
    while (gateway.totals().owed() < bench.scale().waiting()) {
      bench.wrk().signups(gateway.signups(), Scale.USUAL_CONNECTIONS, FILLING);
    }
    accept(bench, FULL, gateway, heap);
    Measurements figures = bench.measurements();
    double empty = figures.latest(name(), EMPTY, Column.RATE).orElseThrow();
    double full = figures.latest(name(), FULL, Column.RATE).orElseThrow();
    figures.add(name(), FULL, Column.BESIDE_EMPTY, full / empty);
    bench.processes().kill(gateway.process());
  }

  private void accept(Bench bench, String row, Gateway gateway, HeapLog heap) {
    Load load =
        bench.wrk().signups(gateway.signups(), Scale.USUAL_CONNECTIONS, bench.scale().time());
    Measurements figures = bench.measurements();
    figures.add(name(), row, WAITING, (double) gateway.totals().owed());
    figures.add(name(), row, Column.RATE, load.rate());
    figures.addTimes(name(), row, load);
    memory(bench, row, gateway, heap);
  }

  private void memory(Bench bench, String row, Gateway gateway, HeapLog heap) {
    Measurements figures = bench.measurements();
    figures.add(name(), row, MOST, (double) heap.mostMebibytes());
    figures.add(name(), row, Column.HEAP, (double) heap.liveMebibytes(gateway.process()));
    figures.add(name(), row, Column.RESIDENT, gateway.process().residentBytes() / Column.MEBIBYTE);
  }

  private void workOff(Bench bench, Ground ground) {
    var handler = bench.handler("first", "bench.first", ground);
    handler.awaitReady();
    HeapLog heap = new HeapLog(bench.work("draining.gc"));
    Gateway gateway = bench.gateway("gateway, backlog", SMALL.and(heap.flag()), ground);
    Measurements figures = bench.measurements();
    figures.add(name(), RESTARTED, Column.READY, gateway.process().awaitReady().toNanos() / 1e9);
    if (!gateway.accepts(BODY)) {
      throw new BenchFailed("a signup was refused with a backlog");
    }
    figures.add(name(), RESTARTED, FIRST_ACCEPT, secondsSinceStart(gateway));
    Totals first = awaitSuccess(gateway);
    long begin = System.nanoTime();
    figures.add(name(), RESTARTED, FIRST_DELIVERY, secondsSinceStart(gateway));
    figures.add(name(), RESTARTED, WAITING, (double) first.owed());
    Totals last = gateway.awaitDrained(DRAIN_LIMIT);
    double seconds = (System.nanoTime() - begin) / 1e9;
    figures.add(name(), DRAINED, DRAIN_RATE, (last.succeeded() - first.succeeded()) / seconds);
    memory(bench, DRAINED, gateway, heap);
    bench.processes().killAll();
  }

  private static Totals awaitSuccess(Gateway gateway) {
    Totals totals = gateway.totals();
    while (totals.succeeded() == 0) {
      Rest.take(GLANCE);
      totals = gateway.totals();
    }
    return totals;
  }

  private static double secondsSinceStart(Gateway gateway) {
    return (System.nanoTime() - gateway.process().startedNanos()) / 1e9;
  }
}
