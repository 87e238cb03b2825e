package dev.usher.gateway.pipeline;

import java.time.Instant;

/**
 * What a person says of an action over what the file says of it; kept until it is taken back.
 *
 * @param name the action's name
 * @param body its settings, a JSON object in the form of the file
 * @param isWhole whether it is the whole action: nothing the file says of it counts
 * @param at when it was made
 * @param token name of the token it was made with
 */
public record ActionOverride(String name, String body, boolean isWhole, Instant at, String token) {}
