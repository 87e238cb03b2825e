package dev.usher.gateway.pipeline;

import java.time.Duration;

/**
 * Where the pipeline stops taking more.
 *
 * @param queueBytes payload bytes that may wait for their commit
 * @param queueAge how long a change may wait for its commit
 * @param openDeliveries deliveries that may be pending or running
 * @param window deliveries of one action held in memory; the rest stays in the journal
 */
public record Limits(long queueBytes, Duration queueAge, long openDeliveries, int window) {}
