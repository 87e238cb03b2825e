package dev.usher.benchmark;

import dev.usher.benchmark.figures.Column;
import dev.usher.benchmark.figures.Measurements;
import dev.usher.benchmark.load.Load;
import dev.usher.benchmark.load.Wrk;
import dev.usher.benchmark.process.CpuMeter;
import dev.usher.benchmark.process.Gateway;
import dev.usher.benchmark.process.Ground;
import dev.usher.benchmark.process.Jvm;
import dev.usher.benchmark.process.Processes;
import dev.usher.benchmark.process.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What every part of the benchmark works with. */
public final class Bench {

  /** Heap of the floor and of the gateway, but where a part says otherwise. */
  public static final String HEAP = "512m";

  private static final String HANDLER_HEAP = "256m";

  private final Path home;
  private final Scale scale;
  private final Path work;
  private final Processes processes;
  private final Measurements measurements = new Measurements();
  private final Wrk wrk;

  /**
   * Prepares to measure.
   *
   * @param home the repository, built
   * @param work an empty folder for what the measured processes keep
   */
  Bench(Path home, Scale scale, Path work) {
    this.home = home;
    this.scale = scale;
    this.work = work;
    this.wrk = new Wrk(home.resolve("scripts/benchmark/load.lua"));
    this.processes = new Processes(home, work);
    try {
      Files.createDirectories(work.resolve("logs"));
    } catch (IOException e) {
      throw new BenchFailed("can't make " + work, e);
    }
  }

  /** How much to measure. */
  public Scale scale() {
    return scale;
  }

  /** What runs. */
  public Processes processes() {
    return processes;
  }

  /** Where figures go. */
  public Measurements measurements() {
    return measurements;
  }

  /** Closed loops. */
  public Wrk wrk() {
    return wrk;
  }

  /** A file or folder of this run, by its name. */
  public Path work(String name) {
    return work.resolve(name);
  }

  /** A file of the repository. */
  public Path home(String name) {
    return home.resolve(name);
  }

  /** A new folder for processes, with these actions. */
  public Ground ground(String actions) {
    return Ground.fresh(work("ground"), actions);
  }

  /** Starts the floor and waits until it is ready. */
  public Running floor() {
    Running floor = processes.main("floor", Jvm.withHeap(HEAP), ownJar(), Floor.class, "0");
    floor.awaitReady();
    return floor;
  }

  /** Starts a gateway with the usual heap, and waits until it is ready. */
  public Gateway gateway(Ground ground) {
    return gateway("gateway", Jvm.withHeap(HEAP), ground);
  }

  /** Starts a gateway and waits until it is ready. */
  public Gateway gateway(String name, Jvm jvm, Ground ground) {
    Path jar = home("gateway/target/usher-gateway.jar");
    return new Gateway(processes.jar(name, jvm, jar, ground.options()), ground);
  }

  /**
   * Loads a gateway until everything in it has run often. A look at the books comes in between: the
   * first admin call has the virtual machine compile the way of signups anew, and that must not be
   * measured.
   */
  public void warmUp(Gateway gateway) {
    Duration half = scale.warmUp().dividedBy(2);
    wrk.signups(gateway.signups(), Scale.USUAL_CONNECTIONS, half);
    var unused = gateway.totals();
    wrk.signups(gateway.signups(), Scale.USUAL_CONNECTIONS, half);
  }

  /** Starts a handler that succeeds at once; it may not be ready yet. */
  public Running handler(String name, String address, Ground ground) {
    return processes.main(
        "handler " + name,
        Jvm.withHeap(HANDLER_HEAP),
        ownJar(),
        Nothing.class,
        ground.options(address, name));
  }

  /** Starts one of the benchmark's own processes with a handler's heap; it may not be ready yet. */
  public Running main(String name, Class<?> type, String... arguments) {
    return processes.main(name, Jvm.withHeap(HANDLER_HEAP), ownJar(), type, arguments);
  }

  private Path ownJar() {
    return home("scripts/benchmark/target/usher-benchmark.jar");
  }

  /** Keeps rate and times of a closed loop, and what a signup cost the server and the generator. */
  public void keep(String part, String row, Load load, CpuMeter server) {
    keepRate(part, row, load.rate());
    measurements.addTimes(part, row, load);
    measurements.add(part, row, Column.SERVER_CPU, (double) server.micros() / load.answered());
    if (load.cpuMicros() > 0) {
      measurements.add(part, row, Column.LOAD_CPU, (double) load.cpuMicros() / load.answered());
    }
  }

  /**
   * Keeps the rate of a row, also beside the floor's in the same round, with as many connections.
   */
  public void keepRate(String part, String row, double rate) {
    measurements.add(part, row, Column.RATE, rate);
    measurements
        .latest("floor", row, Column.RATE)
        .filter(floor -> !part.equals("floor"))
        .ifPresent(floor -> measurements.add(part, row, Column.RATIO, rate / floor));
  }

  /** What the row for so many connections is called. */
  public static String connections(int count) {
    return count + (count == 1 ? " connection" : " connections");
  }

  /** Says on the terminal how far it is. */
  public void say(String words) {
    System.err.println(words);
  }

  /** The measured server alone, from now on. */
  public static CpuMeter meter(Running... processes) {
    return new CpuMeter(List.of(processes));
  }
}
