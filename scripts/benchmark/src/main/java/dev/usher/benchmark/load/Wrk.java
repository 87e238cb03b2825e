package dev.usher.benchmark.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.usher.benchmark.BenchFailed;
import dev.usher.benchmark.process.ChildrenCpu;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Closed loops by wrk: each connection sends its next request when the answer is there. wrk itself
 * corrects its histogram for the requests that a slow answer kept from being sent.
 *
 * @param script the script that says what is sent
 */
public record Wrk(Path script) {

  /** POSTs signups, each to be answered when it is accepted. */
  @CanIgnoreReturnValue
  public Load signups(URI target, int connections, Duration time) {
    return run(target, connections, time, "signups");
  }

  /** POSTs signups, each to be answered as the {@code Prefer} header says. */
  public Load signups(URI target, int connections, Duration time, String prefer) {
    return run(target, connections, time, "signups", prefer);
  }

  /** GETs the paths in a file, one after the other. */
  public Load gets(URI target, Path paths, Duration time, String... token) {
    List<String> arguments = new ArrayList<>(List.of("get", paths.toString()));
    arguments.addAll(List.of(token));
    return run(target, 1, time, arguments.toArray(String[]::new));
  }

  private Load run(URI target, int connections, Duration time, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + time.toSeconds() + "s"));
    command.addAll(List.of("--timeout", "30s", "-s", script.toString(), target.toString(), "--"));
    command.addAll(List.of(arguments));
    ChildrenCpu cpu = new ChildrenCpu();
    Said said = new Said();
    try {
      Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (BufferedReader lines = wrk.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().forEach(said::take);
      }
      if (wrk.waitFor() != 0) {
        throw new BenchFailed("wrk failed: " + said.others);
      }
    } catch (IOException e) {
      throw new BenchFailed("can't run wrk", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("interrupted", e);
    }
    return said.load(cpu.micros());
  }

  private static final class Said {

    private final Histogram micros = Load.histogram();
    private final List<String> others = new ArrayList<>();
    private long[] sums = {};

    void take(String line) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "micros" -> Load.record(micros, Long.parseLong(words[1]), Long.parseLong(words[2]));
        case "sums" -> sums = numbers(words);
        default -> others.add(line);
      }
    }

    private static long[] numbers(String[] words) {
      long[] numbers = new long[words.length - 1];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Long.parseLong(words[i + 1]);
      }
      return numbers;
    }

    Load load(long cpuMicros) {
      if (sums.length == 0) {
        throw new BenchFailed("wrk said no sums: " + others);
      }
      long answered = sums[0] - sums[2];
      return new Load(answered, sums[2] + sums[3], sums[1] / 1e6, micros, cpuMicros);
    }
  }
}
