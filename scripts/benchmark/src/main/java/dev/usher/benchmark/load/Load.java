package dev.usher.benchmark.load;

import org.HdrHistogram.Histogram;

/**
 * What became of a load.
 *
 * @param answered requests that got a 2xx
 * @param refused requests that got another answer, or none
 * @param micros times to the answer, in microseconds
 * @param cpuMicros processor time that the generator used, 0 where it is not known
 */
public record Load(long answered, long refused, double seconds, Histogram micros, long cpuMicros) {

  /** Longest time a histogram knows. */
  private static final long MOST_MICROS = 120_000_000;

  private static final int DIGITS = 3;

  static Histogram histogram() {
    return new Histogram(MOST_MICROS, DIGITS);
  }

  static void record(Histogram histogram, long micros, long count) {
    histogram.recordValueWithCount(Math.min(Math.max(micros, 0), MOST_MICROS), count);
  }

  /** Answers per second. */
  public double rate() {
    return answered / seconds;
  }

  /** Milliseconds within which this share of the answers came. */
  public double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }
}
