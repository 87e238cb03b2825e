package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a delivery goes after an attempt.
 *
 * @param state {@code PENDING}, {@code SUCCEEDED} or {@code DEAD}
 * @param due when a pending delivery may be attempted again
 * @param attempts attempts that count from here on
 * @param cause why it is dead
 */
public record Step(DeliveryState state, Instant due, int attempts, Optional<Cause> cause) {}
