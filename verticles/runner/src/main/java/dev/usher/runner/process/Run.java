package dev.usher.runner.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of a command, from its start to its exit code. */
final class Run {

  /** A process that this one started may hold its output open for ever. */
  private static final long READ_SECONDS = 2;

  private static final int SIGNALS = 128;

  /** Those that end processes which did nothing to deserve it, or everything. */
  private static final Map<Integer, String> NAMES =
      Map.of(
          6, "SIGABRT",
          9, "SIGKILL, by somebody or by a system that is out of memory",
          11, "SIGSEGV",
          15, "SIGTERM");

  private final Process process;
  private final Consumer<Line> log;
  private final Tail tail = new Tail();
  private final List<ReadyLine> serving = new ArrayList<>();
  private final CompletableFuture<List<ReadyLine>> ready = new CompletableFuture<>();
  private final CompletableFuture<Integer> ended;
  private volatile long readyNanos;

  private Run(Process process, Consumer<Line> log) {
    this.process = process;
    this.log = log;
    CompletableFuture<Void> read =
        CompletableFuture.allOf(
            Lines.read(process.getInputStream(), "output of " + process.pid(), this::output),
            Lines.read(process.getErrorStream(), "errors of " + process.pid(), this::errors));
    this.ended =
        process
            .onExit()
            .thenCompose(exit -> read.completeOnTimeout(null, READ_SECONDS, TimeUnit.SECONDS))
            .thenApply(all -> end());
  }

  /** Starts it. Its standard input stays open for as long as this process lives, or that one. */
  static Run start(Command command, Consumer<Line> log) throws IOException {
    return new Run(command.start(), log);
  }

  long pid() {
    return process.pid();
  }

  /** Its handlers, once all of them serve; fails where it ends before that. */
  CompletableFuture<List<ReadyLine>> ready() {
    return ready;
  }

  /** Its exit code, once it has ended and what it printed is read. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  /** How long it has served. */
  Duration served() {
    boolean hasServed = ready.isDone() && !ready.isCompletedExceptionally();
    return hasServed ? Duration.ofNanos(System.nanoTime() - readyNanos) : Duration.ZERO;
  }

  Tail tail() {
    return tail;
  }

  /** Asks it to finish what it has and end. */
  void terminate() {
    process.destroy();
  }

  /** Ends it with all that it has started. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    Process unused = process.destroyForcibly();
  }

  /** How it ended, for people. */
  String how() {
    int code = process.exitValue();
    if (tail.saysOutOfMemory()) {
      return "out of memory, " + words(code);
    }
    return Optional.ofNullable(NAMES.get(code - SIGNALS))
        .map(name -> words(code) + " (" + name + ")")
        .orElseGet(() -> words(code));
  }

  /** The same with the line that it printed about that; one that was killed did not know. */
  String why() {
    return how() + (process.exitValue() > SIGNALS ? tail.error() : tail.most());
  }

  private static String words(int exitCode) {
    return exitCode > SIGNALS ? "by signal " + (exitCode - SIGNALS) : "with exit code " + exitCode;
  }

  private int end() {
    int code = process.exitValue();
    ready.completeExceptionally(new IllegalStateException("ended " + words(code)));
    return code;
  }

  private void output(String line) {
    Optional<ReadyLine> ready = ReadyLine.of(line);
    if (ready.isPresent()) {
      serves(ready.get());
    } else {
      tail.add(line);
    }
    log.accept(Line.ofOutput(line));
  }

  private void errors(String text) {
    Line line = Line.ofErrors(text);
    boolean isLogged = !line.text().equals(text);
    if (!isLogged) {
      tail.complain(line.text());
    } else {
      tail.add(line.text());
    }
    log.accept(line);
  }

  /** Called by the reader of its output alone. */
  private void serves(ReadyLine line) {
    serving.add(line);
    if (line.isLast()) {
      readyNanos = System.nanoTime();
      ready.complete(List.copyOf(serving));
    }
  }
}
