package dev.usher.benchmark.report;

import dev.usher.benchmark.BenchFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What it was measured on.
 *
 * @param facts each by its name
 */
public record Machine(Map<String, String> facts) {

  private static final List<String> IN_MEMORY = List.of("tmpfs", "ramfs", "overlay-ram");
  private static final int SYNCS = 500;
  private static final int BLOCK = 4096;

  /**
   * Looks at this machine before anything runs.
   *
   * @param work where the measured processes will keep their data; has to be on a disk
   */
  public static Machine look(Path work) throws IOException {
    FileStore store = Files.getFileStore(work);
    if (IN_MEMORY.contains(store.type())) {
      throw new BenchFailed(
          work
              + " is on "
              + store.type()
              + ", where a sync costs nothing: name a folder on a disk with --work");
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", Runtime.getRuntime().availableProcessors() + " × " + processor());
    facts.put("memory", gibibytes(entry("/proc/meminfo", "MemTotal")));
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put(
        "JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    facts.put(
        "disk",
        store.type()
            + " on "
            + store.name()
            + ", "
            + syncsPerSecond(work)
            + " syncs of 4 KiB a second");
    facts.put("load before the start", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    facts.put(
        "load generator",
        firstLine("wrk", "-v") + ", and our own for fixed rates, on the same machine");
    return new Machine(facts);
  }

  private static String processor() throws IOException {
    String model = entry("/proc/cpuinfo", "model name");
    return model.isEmpty() ? System.getProperty("os.arch") : model;
  }

  private static String entry(String file, String key) throws IOException {
    for (String line : Files.readAllLines(Path.of(file))) {
      if (line.startsWith(key)) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "";
  }

  private static String gibibytes(String kibibytes) {
    double size = Long.parseLong(kibibytes.replaceAll("[^0-9]", "")) / 1024.0 / 1024.0;
    return String.format(Locale.ROOT, "%.1f GiB", size);
  }

  /** One after the other on a file that grows, as a journal does. */
  private static long syncsPerSecond(Path work) throws IOException {
    Path file = work.resolve("syncs");
    long begin = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        var unused = channel.write(ByteBuffer.allocate(BLOCK));
        channel.force(false);
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return Math.round(SYNCS * 1e9 / (System.nanoTime() - begin));
  }

  /** First line that a command prints, up to its copyright. */
  static String firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        String line = lines.readLine();
        return line == null ? "" : line.replaceAll(" Copyright.*", "");
      }
    } catch (IOException e) {
      return "";
    }
  }
}
