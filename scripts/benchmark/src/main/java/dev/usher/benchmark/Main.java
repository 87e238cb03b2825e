package dev.usher.benchmark;

import dev.usher.benchmark.part.Part;
import dev.usher.benchmark.process.Ground;
import dev.usher.benchmark.process.Rest;
import dev.usher.benchmark.report.Machine;
import dev.usher.benchmark.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures; what {@code scripts/bench} starts when everything is built. */
public final class Main {

  private static final int USAGE_ERROR = 2;
  private static final Duration LAST_WAIT = Duration.ofMinutes(1);

  private Main() {}

  /** The repository's folder, then what the script was given. */
  public static void main(String[] arguments) {
    Path home = Path.of(arguments[0]);
    try {
      String[] rest = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
      System.exit(run(Options.parse(home, rest)) ? 0 : 1);
    } catch (Options.Wrong e) {
      System.err.println("bench: " + e.getMessage() + "\ntry: ./scripts/bench --help");
      System.exit(USAGE_ERROR);
    } catch (BenchFailed | IOException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private static boolean run(Options options) throws IOException {
    Path work = options.work().resolve(Long.toString(ProcessHandle.current().pid()));
    Files.createDirectories(work);
    Machine machine = Machine.look(work);
    Bench bench = new Bench(options.home(), Scale.of(options), work);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(bench, work), "clean"));
    List<Part> parts = Parts.of(options.parts(), options.isQuick());
    List<String> failures = new ArrayList<>();
    Report report =
        new Report(
            options.home(),
            machine,
            parts,
            bench.measurements(),
            bench.processes().commands(),
            bench.scale(),
            failures);
    prepare(bench, parts, failures);
    for (int round = 1; round <= bench.scale().rounds(); round++) {
      measure(bench, parts, round, failures);
      // After each round: a run of half an hour that breaks off has left what it had.
      if (options.out().isPresent()) {
        report.write(options.out().get());
      }
    }
    if (options.out().isEmpty()) {
      System.out.print(report.figures());
    }
    return failures.isEmpty();
  }

  /** A part that fails takes no figures of the others with it. */
  private static void prepare(Bench bench, List<Part> parts, List<String> failures) {
    for (Part part : parts) {
      attempt(bench, part.name(), () -> part.prepare(bench), failures);
    }
  }

  private static void measure(Bench bench, List<Part> parts, int round, List<String> failures) {
    for (Part part : parts) {
      String step = "round " + round + " of " + bench.scale().rounds() + ": " + part.name();
      bench.say(step);
      attempt(bench, step, () -> part.measure(bench), failures);
    }
  }

  private static void attempt(Bench bench, String step, Runnable work, List<String> failures) {
    try {
      work.run();
    } catch (BenchFailed e) {
      if (bench.processes().isOver()) {
        // What was ended under its hands is no failure; the JVM is on its way out.
        Rest.take(LAST_WAIT);
      }
      failures.add(step + ": " + e.getMessage());
      bench.say("failed: " + e.getMessage());
    }
    bench.processes().killAll();
  }

  /** Also where a person breaks off. */
  private static void clean(Bench bench, Path work) {
    bench.processes().close();
    Ground.delete(work);
  }
}
