package dev.usher.benchmark.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processor time that processes use from now on, by their kind: two handlers count as one. */
public final class CpuMeter {

  private final List<Running> processes;
  private final Map<Running, Long> before = new LinkedHashMap<>();

  /** Starts to measure. */
  public CpuMeter(List<Running> processes) {
    this.processes = processes;
    processes.forEach(process -> before.put(process, process.cpuMicros()));
  }

  /** Microseconds so far. */
  public long micros() {
    return processes.stream()
        .mapToLong(process -> process.cpuMicros() - before.getOrDefault(process, 0L))
        .sum();
  }
}
