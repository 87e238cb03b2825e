package dev.usher.benchmark.process;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.usher.benchmark.BenchFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that was started, and says a line that begins with {@code ready}. */
public final class Running {

  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final int LAST_LINES = 15;

  private final String name;
  private final Process process;
  private final long startedNanos;
  private final CompletableFuture<Ready> ready = new CompletableFuture<>();
  private final Deque<String> last = new ArrayDeque<>();

  private record Ready(String line, long nanos) {}

  Running(String name, ProcessBuilder builder, Path log) throws IOException {
    this.name = name;
    this.startedNanos = System.nanoTime();
    this.process = builder.redirectErrorStream(true).start();
    Thread reader = new Thread(() -> read(log), "output of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Path log) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer copy = Files.newBufferedWriter(log)) {
      lines.lines().forEach(line -> heard(line, copy));
    } catch (IOException | UncheckedIOException e) {
      heard("(its output broke off: " + e.getMessage() + ")");
    }
    ready.completeExceptionally(new BenchFailed(name + " ended:\n" + lastLines()));
  }

  private void heard(String line, Writer copy) {
    heard(line);
    try {
      copy.write(line + "\n");
      copy.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void heard(String line) {
    if (line.startsWith("ready")) {
      ready.complete(new Ready(line, System.nanoTime()));
    }
    synchronized (last) {
      last.add(line);
      if (last.size() > LAST_LINES) {
        last.remove();
      }
    }
  }

  private String lastLines() {
    synchronized (last) {
      return "  " + String.join("\n  ", last);
    }
  }

  /** Waits until it is ready; how long that took from its start. */
  @CanIgnoreReturnValue
  public Duration awaitReady() {
    return Duration.ofNanos(ready().nanos() - startedNanos);
  }

  private Ready ready() {
    try {
      return ready.get(READY_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new BenchFailed(
          name + " did not become ready", e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new BenchFailed(name + " is not ready after " + READY_LIMIT + ":\n" + lastLines(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("interrupted", e);
    }
  }

  /** A word of the ready line, as in {@code public=http://...}. */
  public String word(String key) {
    Matcher matcher = Pattern.compile("\\b" + key + "=(\\S+)").matcher(ready().line());
    if (!matcher.find()) {
      throw new BenchFailed(name + " did not say its " + key + " when it was ready");
    }
    return matcher.group(1);
  }

  /** What it is called in the report. */
  public String name() {
    return name;
  }

  /** When it was started, by {@link System#nanoTime}. */
  public long startedNanos() {
    return startedNanos;
  }

  /** Processor time it has used so far. */
  public long cpuMicros() {
    return Proc.cpuMicros(pid());
  }

  /** Memory it holds. */
  public long residentBytes() {
    return Proc.residentBytes(pid());
  }

  String pid() {
    return Long.toString(process.pid());
  }

  /** Ends it in order, by SIGTERM. */
  public void stop() {
    process.destroy();
    if (!isOver()) {
      kill();
    }
  }

  /** Ends it as a crash would. */
  public void kill() {
    process.destroyForcibly();
    if (!isOver()) {
      throw new BenchFailed(name + " does not end, not even by kill -9");
    }
  }

  private boolean isOver() {
    try {
      return process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
