package dev.usher.gateway.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of attempts in the log. What a handler gives as its reason may quote the person, so it is
 * told at DEBUG only; the journal has it, and {@code usher signups trace} shows it to who may see
 * the person anyway.
 */
final class AttemptLog {

  private static final Logger LOG = LoggerFactory.getLogger(ActionQueue.class);

  private AttemptLog() {}

  static void ended(Attempt attempt, Ending ending) {
    boolean isUsual = ending.outcome() == Outcome.SUCCEEDED || ending.outcome() == Outcome.REFUSED;
    if (isUsual && !LOG.isDebugEnabled()) {
      // On the way of every delivery: not even its id is put together.
      return;
    }
    String id = attempt.delivery().id();
    String outcome = ending.outcome().word();
    String instance = attempt.slot().instance();
    switch (ending.outcome()) {
      case SUCCEEDED, REFUSED -> LOG.debug("{} attempt {} {}", id, attempt.number(), outcome);
      case REJECTED, FAILED -> {
        LOG.info("{} attempt {} {} on {}", id, attempt.number(), outcome, instance);
        LOG.debug("{} attempt {}: {}", id, attempt.number(), ending.text());
      }
      case TIMED_OUT, LOST ->
          LOG.info(
              "{} attempt {} {} on {}: {}", id, attempt.number(), outcome, instance, ending.text());
    }
  }
}
