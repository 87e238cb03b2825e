package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.NothingHook;
import dev.usher.benchmark.NothingPlain;
import dev.usher.benchmark.figures.Column;
import dev.usher.benchmark.figures.Measurements;
import dev.usher.benchmark.load.Load;
import dev.usher.benchmark.process.CpuMeter;
import dev.usher.benchmark.process.Gateway;
import dev.usher.benchmark.process.Ground;
import dev.usher.benchmark.process.Running;
import dev.usher.benchmark.process.Totals;
import java.util.List;

/** How fast handlers are by what they are written in. */
public final class LanguagesPart implements Part {

  private static final Column DELIVERIES = new Column("deliveries/s", 0);
  private static final Column BESIDE_JAVA = new Column("× Java kit", 2);
  private static final String JAVA = "Java kit";
  private static final String ADDRESS = "bench.first";

  /** Each client waits for its signup: never more is owed than there are clients. */
  private static final String WAIT = "wait=20";

  private static final int CLIENTS = 256;

  private static final String ON_THE_BUS =
      """
      actions:
        first: { required: true, address: bench.first }
      """;

  private static final String SETTINGS =
      """
      bridge: { port: 0 }
      webhooks: { allow-private: true }
      """;

  @Override
  public String name() {
    return "languages";
  }

  @Override
  public String title() {
    return "Languages";
  }

  @Override
  public String meaning() {
    return """
    One required action and one handler process at a time, which succeeds at once; 256 clients that each wait until
    their signup is completed. Gateway, handler and load generator share the processors, so a rate is that of all
    three together. Python's plain functions run in threads, its `async` ones on an event loop; the webhook is a
    bare Vert.x server.
    """;
  }

  @Override
  public void measure(Bench bench) {
    Ground ground = bench.ground(ON_THE_BUS).with("gateway.yaml", SETTINGS);
    Gateway gateway = bench.gateway(ground);
    Running java = bench.handler("first", ADDRESS, ground);
    java.awaitReady();
    bench.warmUp(gateway);
    row(bench, gateway, JAVA, java);
    row(bench, gateway, "plain verticle", bench.main("plain", NothingPlain.class, ADDRESS));
    String bridge = gateway.process().word("bridge");
    row(bench, gateway, "Python", python(bench, bridge, "def"));
    row(bench, gateway, "Python, async", python(bench, bridge, "async"));
    row(bench, gateway, "JavaScript", node(bench, bridge));
    bench.processes().stop(gateway.process());
    webhook(bench);
  }

  private void webhook(Bench bench) {
    Running server = bench.main("webhook", NothingHook.class);
    Ground ground = bench.ground(hook(server.word("port"))).with("gateway.yaml", SETTINGS);
    Gateway gateway = bench.gateway(ground);
    bench.warmUp(gateway);
    row(bench, gateway, "webhook", server);
  }

  private static String hook(String port) {
    return """
    actions:
      first:
        required: true
        webhook: http://127.0.0.1:PORT/
        secrets: [ whsec_YmVuY2htYXJrLWJlbmNobWFyay1iZW5jaG1hcmsh ]
    """
        .replace("PORT", port);
  }

  private static Running python(Bench bench, String bridge, String kind) {
    return bench
        .processes()
        .program(
            "python " + kind,
            List.of(
                "env",
                "USHER_BRIDGE=" + bridge,
                "NOTHING=" + kind,
                "PYTHONDONTWRITEBYTECODE=1",
                "PYTHONPATH=" + bench.home("verticles/python/src"),
                "python3",
                "-m",
                "usher",
                bench.home("scripts/benchmark/handlers/nothing.py").toString()));
  }

  private static Running node(Bench bench, String bridge) {
    return bench
        .processes()
        .program(
            "javascript",
            List.of(
                "env",
                "USHER_BRIDGE=" + bridge,
                "node",
                bench.home("verticles/node/bin/usher-handler.mjs").toString(),
                bench.home("scripts/benchmark/handlers/nothing.mjs").toString()));
  }

  /** Measures a handler, and ends it: the next one has the address for itself. */
  private void row(Bench bench, Gateway gateway, String row, Running handler) {
    handler.awaitReady();
    var unused =
        bench.wrk().signups(gateway.signups(), CLIENTS, bench.scale().warmUp().dividedBy(2), WAIT);
    Totals before = gateway.awaitDrained(Crew.DRAIN_LIMIT);
    CpuMeter server = Bench.meter(gateway.process());
    CpuMeter handlers = Bench.meter(handler);
    Load load = bench.wrk().signups(gateway.signups(), CLIENTS, bench.scale().time(), WAIT);
    Totals after = gateway.awaitDrained(Crew.DRAIN_LIMIT);
    long delivered = after.succeeded() - before.succeeded();
    Measurements figures = bench.measurements();
    figures.add(name(), row, DELIVERIES, delivered / load.seconds());
    double java = figures.latest(name(), JAVA, DELIVERIES).orElseThrow();
    figures.add(name(), row, BESIDE_JAVA, delivered / load.seconds() / java);
    figures.addTimes(name(), row, load);
    figures.add(name(), row, Column.SERVER_CPU, (double) server.micros() / delivered);
    figures.add(name(), row, Column.HANDLERS_CPU, (double) handlers.micros() / delivered);
    bench.processes().stop(handler);
  }
}
