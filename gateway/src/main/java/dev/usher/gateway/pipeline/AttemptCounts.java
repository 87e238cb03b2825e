package dev.usher.gateway.pipeline;

/** Hears of every attempt that ended, for the metrics. */
@FunctionalInterface
public interface AttemptCounts {

  /** One attempt of an action ended like this. */
  void count(String action, Outcome outcome);
}
