package dev.usher.benchmark.report;

import dev.usher.benchmark.Scale;
import dev.usher.benchmark.figures.Goal;
import dev.usher.benchmark.figures.Measurements;
import dev.usher.benchmark.part.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** All that was measured, as Markdown. */
public record Report(
    Path home,
    Machine machine,
    List<Part> parts,
    Measurements measurements,
    Map<String, String> commands,
    Scale scale,
    List<String> failures) {

  private static final String REPEAT =
      """
      ## Again

      ```bash
      ./scripts/bench                      # everything, and writes this page; half an hour and 15 GB of disk
      ./scripts/bench accepted             # one part beside the floor, only printed; see --help
      ./scripts/bench --rounds 5 --seconds 20
      ```

      Needs Linux, `wrk`, a JDK and Maven; on a machine that does nothing else. Differences below about a tenth are
      noise, more where the brackets are wide. Each round's figures are in
      [benchmarks/rounds.json](benchmarks/rounds.json), the histograms in
      [benchmarks/histograms.json](benchmarks/histograms.json): percentiles in µs, and the whole as HdrHistogram
      encodes it.
      """;

  /** Writes {@code benchmarks.md} and the raw figures into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    new RawFiles(measurements).write(folder.resolve("benchmarks"));
    Path page = folder.resolve("benchmarks.md");
    var unused = Files.writeString(page, page());
    System.out.println("written: " + page);
  }

  private String page() {
    return introduction() + figures() + setting() + REPEAT;
  }

  private String introduction() {
    return String.format(
        Locale.ROOT,
        """
      # Benchmarks

      Written by `./scripts/bench`; don't edit it. Durable everywhere: `synchronous=FULL`, and the 202 after the
      commit. The load generator runs on the same machine and takes its share of the processors.

      A figure is the median of %d rounds, in brackets the least and the most. The parts take turns: a round measures
      each once, with processes and a journal of its own, after %s of warm-up; a measurement takes %s (%s at a low
      rate). "server µs", "handlers µs" and "load µs" are processor time per signup of the gateway (or the floor), of
      the handler processes, and of the load generator, from `/proc/PID/stat`. Times of closed loops are wrk's; its
      connections send their next request when the answer is there.

      """,
        scale.rounds(),
        seconds(scale.warmUp()),
        seconds(scale.time()),
        seconds(scale.calmTime()));
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + " s";
  }

  /** Goals and tables. */
  public String figures() {
    return failed() + goals() + parts.stream().map(this::section).collect(Collectors.joining());
  }

  /** A figure that is missing says why. */
  private String failed() {
    return failures.isEmpty()
        ? ""
        : "## What failed\n\n```text\n" + String.join("\n", failures) + "\n```\n\n";
  }

  private String goals() {
    String rows =
        Goal.ALL.stream()
            .filter(goal -> goal.verdict(measurements).isPresent())
            .map(this::goal)
            .collect(Collectors.joining());
    return rows.isEmpty()
        ? ""
        : "## Goals\n\n| | measured | at least | aim | |\n| --- | ---: | ---: | ---: | --- |\n"
            + rows
            + "\n";
  }

  private String goal(Goal goal) {
    String measured =
        measurements
            .spread(goal.part(), goal.row(), goal.column())
            .map(spread -> Table.told(spread, goal.column()))
            .orElse("");
    return "| "
        + String.join(
            " | ",
            goal.words(),
            measured,
            goal.told(goal.atLeast()),
            goal.told(goal.aim()),
            goal.verdict(measurements).orElse(""))
        + " |\n";
  }

  private String section(Part part) {
    return "## "
        + part.title()
        + "\n\n"
        + part.meaning()
        + "\n"
        + new Table(measurements, part.name()).markdown()
        + "\n";
  }

  private String setting() {
    StringBuilder text = new StringBuilder("## Measured on\n\n| | |\n| --- | --- |\n");
    text.append(row("date", LocalDate.now(ZoneOffset.UTC).toString()));
    text.append(row("Usher", "commit " + Versions.commit(home)));
    Versions.libraries().forEach((name, version) -> text.append(row(name, version)));
    machine.facts().forEach((name, fact) -> text.append(row(name, fact)));
    text.append(
        "\nHow the processes were started, `RUN` being a folder on that disk that is deleted in the end; what");
    text.append(" is not said is the default:\n\n```text\n");
    commands.forEach(
        (name, command) -> text.append(name).append(": ").append(command).append('\n'));
    return text.append("```\n\n").toString();
  }

  private static String row(String name, String fact) {
    return "| " + name + " | " + fact + " |\n";
  }
}
