package dev.usher.gateway.pipeline;

import java.util.Optional;

/**
 * How one action stands.
 *
 * @param name the action's name
 * @param configured the action as configured; empty while the configuration has no such action
 * @param inFlight attempts under way
 * @param deliveries its deliveries by state
 * @param waitingFor what its pending deliveries that are due wait for
 */
public record ActionStatus(
    String name,
    Optional<Action> configured,
    int inFlight,
    Totals.Deliveries deliveries,
    WaitingReason waitingFor) {}
