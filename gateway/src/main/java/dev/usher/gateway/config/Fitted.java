package dev.usher.gateway.config;

import java.util.List;

/**
 * Actions made of a file and of as much as fits it of what people said over it.
 *
 * @param configured the actions
 * @param aside what does not fit; empty where all does
 */
public record Fitted(ConfiguredActions configured, List<Aside> aside) {}
