package dev.usher.gateway.pipeline;

/**
 * The answer to a request with an idempotency key.
 *
 * @param receipt where the signup stands
 * @param isReplay whether an earlier request with the same key became this signup
 */
public record Accepted(Receipt receipt, boolean isReplay) {}
