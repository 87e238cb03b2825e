package dev.usher.gateway.pipeline;

/**
 * An open delivery whose row in the journal can't be made sense of.
 *
 * @param seq place of its signup in the order of acceptance
 * @param id id of that signup; empty where it has none
 * @param action the action's name
 * @param reason what is wrong with it; nothing of the payload
 */
public record Corrupt(long seq, String id, String action, String reason) {}
