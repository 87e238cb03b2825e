package dev.usher.handler;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that attempts fail: the first at once, then one line for all of half a minute, so that an
 * outage does not fill the log. Never the message of a failure, see {@link Reason#forLog}.
 */
final class FailureLog {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerInstance.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

  private long lastWarning = System.nanoTime() - QUIET_NANOS;
  private int quiet;

  void add(Signup signup, Outcome outcome, Throwable failure) {
    String why = Reason.forLog(failure);
    long now = System.nanoTime();
    if (now - lastWarning < QUIET_NANOS) {
      quiet++;
      LOG.debug("{}: {}, {}", signup, outcome.verdict(), why);
      return;
    }
    LOG.warn(
        "{}: {}, {} ({} more since the last such line)", signup, outcome.verdict(), why, quiet);
    lastWarning = now;
    quiet = 0;
  }
}
