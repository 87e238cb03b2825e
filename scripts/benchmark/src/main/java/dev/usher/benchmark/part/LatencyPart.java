package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.Scale;
import dev.usher.benchmark.load.OpenLoop;
import dev.usher.benchmark.process.Gateway;
import dev.usher.benchmark.process.Running;
import java.net.URI;

/** How long one signup takes where there are few. */
public final class LatencyPart implements Part {

  private static final int PER_SECOND = 100;
  private static final int CONNECTIONS = 16;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String title() {
    return "Latency at low load";
  }

  @Override
  public String meaning() {
    return """
        100 signups a second at fixed times (open loop), each time counted from when the request should have been
        sent. To accepted: the 202. To completed: the 201 of a request with `Prefer: wait`, which comes when the
        required delivery has succeeded and that is in the journal; nothing else watches, so little is disturbed.
        The optional delivery goes its way beside it. The floor's row is what the generator and the loopback
        interface cost.
        """;
  }

  @Override
  public void measure(Bench bench) {
    Running floor = bench.floor();
    URI bare = URI.create("http://127.0.0.1:" + floor.word("port") + "/signups");
    bench.wrk().signups(bare, Scale.USUAL_CONNECTIONS, bench.scale().warmUp());
    calm(bench, "floor", bare);
    bench.processes().kill(floor);
    Gateway gateway = Crew.warm(bench).gateway();
    calm(bench, "to accepted", gateway.signups());
    calm(bench, "to completed", gateway.signups(), "Prefer: wait=10");
  }

  private void calm(Bench bench, String row, URI target, String... headers) {
    try (OpenLoop loop = new OpenLoop(target, CONNECTIONS, headers)) {
      loop.run(PER_SECOND, OpenLoop.WARM_UP);
      bench.measurements().addTimes(name(), row, loop.run(PER_SECOND, bench.scale().calmTime()));
    }
  }
}
