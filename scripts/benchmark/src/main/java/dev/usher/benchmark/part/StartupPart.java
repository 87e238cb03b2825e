package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.BenchFailed;
import dev.usher.benchmark.figures.Column;
import dev.usher.benchmark.figures.Measurements;
import dev.usher.benchmark.process.Ground;
import dev.usher.benchmark.process.Jvm;
import dev.usher.benchmark.process.Rest;
import dev.usher.benchmark.process.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** From the start of a process to its ready line, and what it holds when nothing happens. */
public final class StartupPart implements Part {

  private static final Column JAR = new Column("jar MiB", 1);

  /** As {@code scripts/lib/processes.sh} starts them. */
  private static final Jvm SMALL = new Jvm(List.of("-Xmx256m", "-XX:+UseSerialGC"));

  private static final Jvm SMALL_HANDLER = SMALL.and("-XX:TieredStopAtLevel=1");

  private record Kind(String name, Jvm jvm, String jar) {}

  private static final Kind GATEWAY = new Kind("gateway", SMALL, "gateway/target/usher-gateway");
  private static final Kind EMAIL =
      new Kind("welcome mail", SMALL_HANDLER, "verticles/email/target/usher-email");

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String title() {
    return "Start-up, memory at rest, sizes";
  }

  @Override
  public String meaning() {
    return """
        From the start of the process to its `ready` line, clustered: the gateway is the first of its cluster, on an
        empty journal, the welcome mail joins it. With the small heaps of `scripts/demo`, without and with the archive
        of class data (AppCDS) that it prepares. Resident: what the process holds after ten seconds at rest.
        """;
  }

  @Override
  public void measure(Bench bench) {
    measure(bench, GATEWAY, EMAIL, false);
    measure(bench, GATEWAY, EMAIL, true);
  }

  private void measure(Bench bench, Kind first, Kind second, boolean isArchived) {
    Ground ground =
        bench.ground("actions:\n  welcome-email: { required: true, address: signup.email }\n");
    start(bench, first, ground, isArchived);
    start(bench, second, ground, isArchived);
    bench.processes().killAll();
  }

  private void start(Bench bench, Kind kind, Ground ground, boolean isArchived) {
    String row = kind.name() + (isArchived ? ", AppCDS" : "");
    Path jar = bench.home(kind.jar() + ".jar");
    Jvm jvm = isArchived ? kind.jvm().archived(archive(bench, kind)) : kind.jvm();
    Running process = bench.processes().jar(row + " at rest", jvm, jar, ground.options());
    Measurements figures = bench.measurements();
    figures.add(name(), row, Column.READY, process.awaitReady().toNanos() / 1e9);
    Rest.take(bench.scale().idle());
    figures.add(name(), row, Column.RESIDENT, process.residentBytes() / Column.MEBIBYTE);
    figures.add(name(), row, JAR, size(jar) / Column.MEBIBYTE);
  }

  private static Path archive(Bench bench, Kind kind) {
    Path archive = bench.home(kind.jar() + ".jsa");
    if (!Files.exists(archive)) {
      throw new BenchFailed(archive + " is not there: scripts/bench prepares it");
    }
    return archive;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new BenchFailed("can't see " + file, e);
    }
  }
}
