package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.Scale;
import dev.usher.benchmark.load.Load;
import dev.usher.benchmark.process.CpuMeter;
import dev.usher.benchmark.process.Running;
import java.net.URI;

/** What the machine gives a server that does next to nothing. */
public final class FloorPart implements Part {

  @Override
  public String name() {
    return "floor";
  }

  @Override
  public String title() {
    return "Floor";
  }

  @Override
  public String meaning() {
    return """
        A bare Vert.x server that reads the same POST of about 300 bytes, decodes it with Jackson and answers 202
        with a small JSON. It keeps nothing. What follows is given as a ratio to it.
        """;
  }

  @Override
  public void measure(Bench bench) {
    Running floor = bench.floor();
    URI target = URI.create("http://127.0.0.1:" + floor.word("port") + "/signups");
    bench.wrk().signups(target, Scale.USUAL_CONNECTIONS, bench.scale().warmUp());
    for (int connections : bench.scale().connections()) {
      CpuMeter cpu = Bench.meter(floor);
      Load load = bench.wrk().signups(target, connections, bench.scale().time());
      bench.keep(name(), Bench.connections(connections), load, cpu);
    }
  }
}
