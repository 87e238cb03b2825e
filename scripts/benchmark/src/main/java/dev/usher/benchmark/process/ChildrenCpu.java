package dev.usher.benchmark.process;

/** Processor time of processes that come and go, such as wrk. */
public final class ChildrenCpu {

  private final long before = Proc.endedChildrenCpuMicros();

  /** Microseconds used by processes that have ended since this was made. */
  public long micros() {
    return Proc.endedChildrenCpuMicros() - before;
  }
}
