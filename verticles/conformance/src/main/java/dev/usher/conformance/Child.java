package dev.usher.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that this kit started, with everything that it prints in a file. */
final class Child {

  private static final int LAST_LINES = 20;

  private final Path log;
  private final Process process;

  private Child(Path log, Process process) {
    this.log = log;
    this.process = process;
  }

  /** Starts a command with these variables over those of this process. */
  static Child start(List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("USHER_"));
    builder.environment().putAll(environment);
    try {
      return new Child(log, builder.start());
    } catch (IOException e) {
      throw new ConformanceFailed("can't start " + command.get(0), e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The last line of its output that begins so. */
  Optional<String> line(String beginning) {
    return lines().stream().filter(line -> line.startsWith(beginning)).reduce((one, next) -> next);
  }

  /** Asks it to end (SIGTERM) and waits for that; its exit code. */
  int terminate() {
    process.destroy();
    return Wait.until(
        "its process ends after SIGTERM",
        () -> process.isAlive() ? Optional.empty() : Optional.of(process.exitValue()));
  }

  /** Ends it as a crash would, if it still runs. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      var unused = process.waitFor(Wait.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The end of what it printed. */
  String lastLines() {
    List<String> lines = lines();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new ConformanceFailed("can't read " + log, e);
    }
  }
}
