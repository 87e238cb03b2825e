package dev.usher.benchmark;

import dev.usher.benchmark.part.Part;
import dev.usher.benchmark.process.Ground;
import dev.usher.benchmark.report.Machine;
import dev.usher.benchmark.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures; what {@code scripts/bench} starts when everything is built. */
public final class Main {

  private static final int USAGE_ERROR = 2;

  private Main() {}

  /** The repository's folder, then what the script was given. */
  public static void main(String[] arguments) {
    Path home = Path.of(arguments[0]);
    try {
      String[] rest = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
      run(Options.parse(home, rest));
      System.exit(0);
    } catch (Options.Wrong e) {
      System.err.println("bench: " + e.getMessage() + "\ntry: ./scripts/bench --help");
      System.exit(USAGE_ERROR);
    } catch (BenchFailed | IOException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Options options) throws IOException {
    Path work = options.work().resolve(Long.toString(ProcessHandle.current().pid()));
    Files.createDirectories(work);
    Machine machine = Machine.look(work);
    Scale scale = Scale.of(options);
    Bench bench = new Bench(options.home(), scale, work);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(bench, work), "clean"));
    List<Part> parts = Parts.of(options.parts(), options.isQuick());
    measure(bench, parts);
    Report report =
        new Report(
            options.home(),
            machine,
            parts,
            bench.measurements(),
            bench.processes().commands(),
            scale);
    if (options.out().isPresent()) {
      report.write(options.out().get());
    } else {
      System.out.print(report.figures());
    }
  }

  private static void measure(Bench bench, List<Part> parts) {
    for (Part part : parts) {
      part.prepare(bench);
    }
    for (int round = 1; round <= bench.scale().rounds(); round++) {
      for (Part part : parts) {
        bench.say("round " + round + " of " + bench.scale().rounds() + ": " + part.name());
        part.measure(bench);
        bench.processes().killAll();
      }
    }
  }

  /** Also where a person breaks off. */
  private static void clean(Bench bench, Path work) {
    bench.processes().killAll();
    Ground.delete(work);
  }
}
