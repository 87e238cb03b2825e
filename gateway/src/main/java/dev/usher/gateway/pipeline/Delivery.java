package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An open delivery: one signup × one action, with all that decides what happens to it next. The
 * state machine itself: immutable, no clock, no I/O.
 *
 * @param signup the signup
 * @param action the action's name
 * @param required whether the signup's state depends on it; fixed when it was planned
 * @param lane which order it is taken in
 * @param due earliest time of its next attempt
 * @param attempts attempts that count so far
 * @param since start of its first attempt, from which the retry's {@code giveUpAfter} counts; empty
 *     before that
 */
public record Delivery(
    Signup signup,
    String action,
    boolean required,
    Lane lane,
    Instant due,
    int attempts,
    Optional<Instant> since) {

  /** A delivery as it is planned: due at once, or after the action's delay. */
  public static Delivery planned(Signup signup, Action action) {
    boolean isDelayed = !action.delay().isZero();
    Lane lane = isDelayed ? Lane.DELAYED : Lane.FRESH;
    Instant due = isDelayed ? signup.acceptedAt().plus(action.delay()) : Instant.EPOCH;
    return new Delivery(signup, action.name(), action.required(), lane, due, 0, Optional.empty());
  }

  /** A delivery as it is planned behind another one: in no line before that one succeeded. */
  public static Delivery held(Signup signup, Action action) {
    return new Delivery(
        signup, action.name(), action.required(), Lane.HELD, Instant.EPOCH, 0, Optional.empty());
  }

  /** Stable for ever; what a handler deduplicates on. */
  public String id() {
    return signup.id() + "." + action;
  }

  /** This delivery with its next attempt started. */
  public Delivery started(Instant at) {
    Instant first = attempts == 0 ? at : since.orElse(at);
    return new Delivery(signup, action, required, lane, due, attempts + 1, Optional.of(first));
  }

  /** This delivery back in the queue after an attempt. */
  public Delivery again(Step step) {
    return new Delivery(signup, action, required, Lane.TIMED, step.due(), step.attempts(), since);
  }

  /**
   * Decides what follows the running attempt.
   *
   * @param random uniform in [0, 1): spreads the wait
   */
  public Step after(Ending ending, Retry retry, boolean isRepeatable, Instant now, double random) {
    return switch (ending.outcome()) {
      case SUCCEEDED -> new Step(DeliveryState.SUCCEEDED, now, attempts, Optional.empty());
      case REJECTED -> dead(Cause.REJECTED, now);
      case REFUSED -> new Step(DeliveryState.PENDING, now, attempts - 1, Optional.empty());
      case FAILED -> retryOrGiveUp(ending, retry, now, random);
      case TIMED_OUT, LOST ->
          isRepeatable
              ? retryOrGiveUp(ending, retry, now, random)
              : dead(Cause.OUTCOME_UNKNOWN, now);
    };
  }

  private Step retryOrGiveUp(Ending ending, Retry retry, Instant now, double random) {
    Instant end = since.orElse(now).plus(retry.giveUpAfter());
    if (!now.isBefore(end)) {
      return dead(Cause.GAVE_UP, now);
    }
    Duration backoff = retry.waitAfter(attempts, random);
    Duration wait = backoff.compareTo(ending.retryAfter()) < 0 ? ending.retryAfter() : backoff;
    // The last attempt comes when time is up, not a whole wait before. Compared as durations: a
    // handler may ask for a wait that no calendar holds.
    boolean isLast = wait.compareTo(Duration.between(now, end)) >= 0;
    return new Step(
        DeliveryState.PENDING, isLast ? end : now.plus(wait), attempts, Optional.empty());
  }

  private Step dead(Cause cause, Instant now) {
    return new Step(DeliveryState.DEAD, now, attempts, Optional.of(cause));
  }
}
