package dev.usher.gateway.pipeline;

/**
 * A signup as far as its erasure needs it.
 *
 * @param seq its place in the order of acceptance
 * @param id its id
 */
public record Erasable(long seq, String id) {}
