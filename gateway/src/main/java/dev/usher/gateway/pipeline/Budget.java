package dev.usher.gateway.pipeline;

import java.util.concurrent.TimeUnit;

/** So many of something in each second, and no more. Not thread-safe. */
public final class Budget {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private long since;
  private int left;

  /** A full one. */
  public Budget(int perSecond) {
    this.perSecond = perSecond;
    this.left = perSecond;
  }

  /** Whether one more may be now; by a monotonic clock. */
  public boolean spend(long nanos) {
    if (nanos - since >= SECOND_NANOS) {
      since = nanos;
      left = perSecond;
    }
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
