package dev.usher.gateway.pipeline;

/** Hears of every signup that was refused, for the metrics. Thread-safe. */
@FunctionalInterface
public interface RefusalCounts {

  /** One signup was refused for this. */
  void count(Refusal why);
}
