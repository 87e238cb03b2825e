package dev.usher.benchmark.process;

import dev.usher.benchmark.BenchFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of a process in {@code /proc}. */
final class Proc {

  /** A clock tick is 10 ms on every Linux that Java runs on. */
  private static final long TICK_MICROS = 10_000;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private Proc() {}

  /** Processor time a process has used. */
  static long cpuMicros(String pid) {
    String[] fields = stat(pid);
    return ticks(fields, USER) + ticks(fields, SYSTEM);
  }

  /** Processor time that the ended children of this process had used. */
  static long endedChildrenCpuMicros() {
    String[] fields = stat("self");
    return ticks(fields, CHILDREN_USER) + ticks(fields, CHILDREN_SYSTEM);
  }

  static long residentBytes(String pid) {
    for (String line : lines(Path.of("/proc", pid, "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    throw new BenchFailed("process " + pid + " has no memory any more");
  }

  private static long ticks(String[] fields, int place) {
    return Long.parseLong(fields[place]) * TICK_MICROS;
  }

  /** From the third field on: the second is a name that may hold anything, blanks too. */
  private static String[] stat(String pid) {
    String line = lines(Path.of("/proc", pid, "stat")).get(0);
    return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new BenchFailed("can't read " + file, e);
    }
  }
}
