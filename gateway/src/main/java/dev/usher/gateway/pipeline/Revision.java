package dev.usher.gateway.pipeline;

import java.time.Instant;

/**
 * One configuration of the actions, as the journal remembers it.
 *
 * @param number grows with each configuration that comes into force, also over restarts
 * @param at when it came into force
 * @param token name of the token that made it; empty where the file did
 * @param note what changed, a line each
 * @param settings every setting of the actions, a line each; equal for equal configurations
 */
public record Revision(long number, Instant at, String token, String note, String settings) {}
