package dev.usher.gateway.pipeline;

import java.util.Map;
import java.util.Optional;

/**
 * How one action stands.
 *
 * @param name the action's name
 * @param configured the action as configured; empty while the configuration has no such action
 * @param inFlight attempts under way
 * @param deliveries its deliveries by state
 * @param waiting how many pending deliveries wait for what
 */
public record ActionStatus(
    String name,
    Optional<Action> configured,
    int inFlight,
    Totals.Deliveries deliveries,
    Map<WaitingReason, Long> waiting) {

  /** Whether deliveries wait because nobody is there to take them. */
  public boolean isWithoutHandler() {
    return waiting.containsKey(WaitingReason.NO_HANDLER);
  }
}
