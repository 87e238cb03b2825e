package dev.usher.gateway.pipeline;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes signups to which nothing is owed any more once they are old: a little at a time, while
 * nobody else wants the journal. Under constant load it takes its turn all the same, but seldom.
 * Lives on the loop.
 */
final class Retention {

  /** Few enough for a commit that nobody notices. */
  static final int CHUNK = 200;

  /** From the end of one round to the next. */
  static final Duration EVERY = Duration.ofMinutes(1);

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int PATIENCE = 50;
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final Loop loop;
  private final Journal journal;
  private final Duration age;
  private int waited;

  /** Starts with nothing to do. */
  Retention(Loop loop, Journal journal, Duration age) {
    this.loop = loop;
    this.journal = journal;
    this.age = age;
  }

  /** Goes on for ever, unless the age is zero: then nothing is ever removed. */
  void start() {
    if (!age.isZero()) {
      later(EVERY);
    }
  }

  private void later(Duration wait) {
    var unused = loop.after(wait, this::step);
  }

  private void step() {
    if (isBusy() && waited < PATIENCE) {
      waited++;
      later(PAUSE);
      return;
    }
    waited = 0;
    var unused =
        journal
            .write(new Change.Purge(loop.now().minus(age), CHUNK))
            .onSuccess(applied -> later(applied.moved() ? PAUSE : EVERY))
            .onFailure(this::failed);
  }

  private boolean isBusy() {
    Journal.Pressure pressure = journal.pressure();
    return pressure.bytes() > 0 || pressure.ageNanos() > 0;
  }

  private void failed(Throwable cause) {
    LOG.debug("nothing removed: {}", String.valueOf(cause.getMessage()));
    later(EVERY);
  }
}
