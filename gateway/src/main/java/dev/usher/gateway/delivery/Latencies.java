package dev.usher.gateway.delivery;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How long attempts took, counted in buckets an eighth as wide as they are high: a percentile is
 * off by a sixteenth at most, and counting allocates nothing. The layout of HdrHistogram with three
 * bits. Up to 71 minutes; what takes longer counts as that.
 */
final class Latencies {

  private static final int BITS = 3;
  private static final long MOST_MICROS = (1L << 32) - 1;

  private final long[] counts = new long[bucket(MOST_MICROS) + 1];
  private long total;

  void count(long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
    counts[bucket(Math.min(MOST_MICROS, micros))]++;
    total++;
  }

  void add(Latencies others) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += others.counts[i];
    }
    total += others.total;
  }

  void clear() {
    Arrays.fill(counts, 0);
    total = 0;
  }

  /** Nanoseconds that this part took at most, 0 to 1, to the middle of its bucket; 0 of none. */
  long percentile(double part) {
    long rank = (long) Math.ceil(part * (double) total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank && seen > 0) {
        return middleNanos(i);
      }
    }
    return 0;
  }

  /** Exact below eight, then eight buckets for each power of two. */
  private static int bucket(long micros) {
    int shift = shift(micros);
    return (shift << BITS) + (int) (micros >>> shift);
  }

  private static int shift(long micros) {
    return Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(micros));
  }

  private static long middleNanos(int bucket) {
    int shift = Math.max(0, (bucket >> BITS) - 1);
    long low = (long) (bucket - (shift << BITS)) << shift;
    return TimeUnit.MICROSECONDS.toNanos(low) + (TimeUnit.MICROSECONDS.toNanos(1L << shift) >> 1);
  }
}
