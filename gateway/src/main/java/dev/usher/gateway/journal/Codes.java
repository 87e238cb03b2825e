package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Outcome;
import java.util.List;

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
      List.of(Cause.REJECTED, Cause.GAVE_UP, Cause.OUTCOME_UNKNOWN, Cause.AFTER);

  private Codes() {}
}
