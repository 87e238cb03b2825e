package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Outcome;
import java.util.List;
import java.util.Optional;

/** The small numbers that stand for words in the tables: places in these lists, append only. */
final class Codes {

  static final List<DeliveryState> STATES =
      List.of(
          DeliveryState.PENDING,
          DeliveryState.RUNNING,
          DeliveryState.SUCCEEDED,
          DeliveryState.DEAD,
          DeliveryState.CANCELLED);
  static final List<Lane> LANES =
      List.of(Lane.FRESH, Lane.TIMED, Lane.REDRIVEN, Lane.DELAYED, Lane.HELD);
  static final List<Outcome> OUTCOMES =
      List.of(
          Outcome.SUCCEEDED,
          Outcome.REJECTED,
          Outcome.FAILED,
          Outcome.TIMED_OUT,
          Outcome.LOST,
          Outcome.REFUSED);
  static final List<Cause> CAUSES =
      List.of(Cause.REJECTED, Cause.GAVE_UP, Cause.OUTCOME_UNKNOWN, Cause.AFTER, Cause.CORRUPT);

  private Codes() {}

  static boolean isState(int code) {
    return isIn(STATES, code);
  }

  static boolean isLane(int code) {
    return isIn(LANES, code);
  }

  /** What a code stands for; an unknown one needs a person. */
  static DeliveryState state(int code) {
    return isState(code) ? STATES.get(code) : DeliveryState.DEAD;
  }

  /** What a code stands for; the lane of a row with an unknown one decides nothing. */
  static Lane lane(int code) {
    return isLane(code) ? LANES.get(code) : Lane.HELD;
  }

  /** What a code stands for. */
  static Cause cause(int code) {
    return isIn(CAUSES, code) ? CAUSES.get(code) : Cause.CORRUPT;
  }

  /** What a code stands for; nothing where it is unknown. */
  static Optional<Outcome> outcome(int code) {
    return isIn(OUTCOMES, code) ? Optional.of(OUTCOMES.get(code)) : Optional.empty();
  }

  private static boolean isIn(List<?> words, int code) {
    return code >= 0 && code < words.size();
  }
}
