package dev.usher.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.wire.Checksum;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher signups import}: a file of signups, one JSON object per line. */
@Command(
    name = "import",
    description = "Import signups from a file, one JSON object per line.",
    footer = {
      "",
      "Broken off, it resumes: run it again, and what was accepted is not accepted twice.",
      "It is known by --key, else by the file's content: a file that grew is another file.",
      "Rejected lines go to FILE.rejected.jsonl with their problem; the command ends with 7",
      "when some were, 4 when all were."
    })
final class SignupsImport implements Callable<Integer> {

  /** Of a file's checksum, in an idempotency key. */
  private static final int KEY_DIGITS = 32;

  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE", description = "File to import; - reads stdin.")
  private String file = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "What this import is known by when it is run again.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = Span.class,
      description = "Longest wait for a gateway that is away or overloaded (default: 5m).")
  private Duration timeout = Duration.ofMinutes(5);

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  SignupsImport(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway first = options.open(surroundings);
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(open(), StandardCharsets.ISO_8859_1));
        ImportTally tally = new ImportTally(Path.of(name() + ".rejected.jsonl"))) {
      String run = key.isPresent() ? key.get() : ownKey();
      BrokenOff brokenOff = new BrokenOff(surroundings.console(), () -> sofar(tally, run));
      try {
        run(first, lines, run, tally);
      } finally {
        brokenOff.forget();
      }
      print(tally);
      return tally.exit().code();
    } catch (IOException e) {
      throw new CommandFailed(
          Exit.FAILED, "can't read or write " + name() + ": " + Unreadable.because(e));
    }
  }

  private void run(Gateway first, BufferedReader lines, String run, ImportTally tally)
      throws CommandFailed, IOException {
    Gateway gateway = first;
    Optional<ImportBatch> batch = ImportBatch.none().next(lines);
    long read = 0;
    try (Progress bar = Progress.ofBytes(surroundings.console(), "import", size())) {
      while (batch.isPresent()) {
        gateway = send(gateway, batch.get(), run, tally);
        read += batch.get().bytes();
        bar.at(read);
        batch = batch.get().next(lines);
      }
    }
  }

  /** The gateway that took the batch: after a restart it may be at another port. */
  private Gateway send(Gateway known, ImportBatch batch, String run, ImportTally tally)
      throws CommandFailed, IOException {
    Pause pause = new Pause(timeout);
    Gateway gateway = known;
    while (true) {
      try {
        Optional<List<JsonNode>> results = results(gateway, batch, run);
        if (results.isPresent()) {
          tally.add(batch, results.get());
          return gateway;
        }
      } catch (CommandFailed failed) {
        if (!mayPass(failed)) {
          throw failed;
        }
      }
      if (!pause.take()) {
        throw new CommandFailed(
            Exit.UNREACHABLE,
            "the gateway takes no more since "
                + Span.text(timeout)
                + "; so far "
                + sofar(tally, run));
      }
      gateway = reopened(gateway);
    }
  }

  /** How far it is and how to go on. A pipe is known again only by a key that a person gives. */
  private String sofar(ImportTally tally, String run) {
    String again = isStdin() && key.isEmpty() ? " and the same input, with --key " + run + "," : "";
    return tally.words()
        + ". Run the same command again"
        + again
        + " to go on: what was accepted is not accepted twice";
  }

  private Gateway reopened(Gateway known) {
    try {
      return options.open(surroundings);
    } catch (CommandFailed stillAway) {
      return known;
    }
  }

  private static boolean mayPass(CommandFailed failed) {
    return failed.exit() == Exit.UNREACHABLE || failed.exit() == Exit.TIMED_OUT;
  }

  /** A result for each line; nothing where the gateway broke off or can't take any now. */
  private static Optional<List<JsonNode>> results(Gateway gateway, ImportBatch batch, String run)
      throws CommandFailed {
    HttpResponse<String> response =
        gateway.postLines("/admin/signups", run + "." + batch.number(), batch.body());
    if (response.statusCode() != 200) {
      Answer answer = Answer.of(response.statusCode(), response.body(), response.headers());
      if (answer.isPassing()) {
        return Optional.empty();
      }
      throw Refusal.of(answer, gateway.endpoint());
    }
    List<JsonNode> results = new ArrayList<>();
    for (String line : response.body().split("\n", -1)) {
      if (!line.isBlank()) {
        results.add(result(line));
      }
    }
    return results.size() == batch.signups() ? Optional.of(results) : Optional.empty();
  }

  private static JsonNode result(String line) throws CommandFailed {
    try {
      return Json.parse(line);
    } catch (JsonProcessingException cutOff) {
      throw new CommandFailed(Exit.UNREACHABLE, "the gateway broke off");
    }
  }

  private void print(ImportTally tally) {
    Console console = surroundings.console();
    console.print(output.isJson(console) ? Json.line(tally.json()) : tally.words());
  }

  private InputStream open() throws CommandFailed {
    try {
      return isStdin() ? surroundings.console().in() : Files.newInputStream(Path.of(file));
    } catch (IOException e) {
      throw new CommandFailed(Exit.USAGE, "can't read " + file + ": " + Unreadable.because(e));
    }
  }

  /** Of a pipe nobody knows. */
  private long size() throws IOException {
    return isStdin() ? -1 : Files.size(Path.of(file));
  }

  private boolean isStdin() {
    return file.equals("-");
  }

  private String name() {
    return isStdin() ? "stdin" : file;
  }

  /** Of a file its content; of a pipe nothing that another run would know. */
  private String ownKey() throws IOException {
    return "import-"
        + (isStdin()
            ? UUID.randomUUID().toString()
            : Checksum.of(Path.of(file)).substring(0, KEY_DIGITS));
  }
}
