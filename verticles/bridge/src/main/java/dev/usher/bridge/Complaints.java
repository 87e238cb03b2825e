package dev.usher.bridge;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what clients do that they should not, a few lines each half minute: one who connects again
 * and again must not fill the log. For one thread.
 */
final class Complaints {

  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int LINES = 10;

  private long since = System.nanoTime();
  private int said;
  private int unsaid;

  void add(Object client, String what) {
    long now = System.nanoTime();
    if (now - since > PERIOD_NANOS) {
      since = now;
      said = 0;
    }
    if (said == LINES) {
      unsaid++;
      LOG.debug("{} {}", client, what);
      return;
    }
    said++;
    if (unsaid == 0) {
      LOG.warn("{} {}", client, what);
    } else {
      LOG.warn("{} {} ({} such lines were left out before)", client, what, unsaid);
      unsaid = 0;
    }
  }
}
