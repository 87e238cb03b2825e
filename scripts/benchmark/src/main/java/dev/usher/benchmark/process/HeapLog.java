package dev.usher.benchmark.process;

import dev.usher.benchmark.BenchFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM's log of its collections, which says what each left on the heap. */
public final class HeapLog {

  private static final Pattern COLLECTION =
      Pattern.compile("Pause (?<kind>\\w+ \\([^)]*\\)).*->(?<left>\\d+)M\\(");
  private static final String ASKED_FOR = "Full (Diagnostic Command)";

  private final Path file;

  /** For a JVM that is yet to be started with {@link #flag}. */
  public HeapLog(Path file) {
    this.file = file;
  }

  /** Makes a JVM write it. */
  public String flag() {
    return "-Xlog:gc:file=" + file;
  }

  /** Has all garbage collected; MiB on the heap then. */
  public long liveMebibytes(Running process) {
    try {
      Process jcmd =
          new ProcessBuilder(jcmd(), process.pid(), "GC.run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (jcmd.waitFor() != 0) {
        throw new BenchFailed("jcmd " + process.pid() + " GC.run failed");
      }
    } catch (IOException e) {
      throw new BenchFailed("can't run jcmd", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("interrupted", e);
    }
    return left(ASKED_FOR, true);
  }

  private static String jcmd() {
    return Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
  }

  /** The most that a collection of its own accord left on the heap, in MiB. */
  public long mostMebibytes() {
    return left(ASKED_FOR, false);
  }

  private long left(String kind, boolean isWanted) {
    long last = 0;
    long most = 0;
    for (String line : lines()) {
      Matcher collection = COLLECTION.matcher(line);
      if (collection.find() && collection.group("kind").equals(kind) == isWanted) {
        last = Long.parseLong(collection.group("left"));
        most = Math.max(most, last);
      }
    }
    return isWanted ? last : most;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new BenchFailed("can't read " + file, e);
    }
  }
}
