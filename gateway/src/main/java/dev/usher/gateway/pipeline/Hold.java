package dev.usher.gateway.pipeline;

import java.time.Duration;

/**
 * What keeps a delivery from standing in line. Part of the plan: neither is changed by a later
 * configuration.
 *
 * @param after the action whose delivery, of the same signup, must succeed first
 * @param delay time from that success to the first attempt
 */
public record Hold(String after, Duration delay) {}
