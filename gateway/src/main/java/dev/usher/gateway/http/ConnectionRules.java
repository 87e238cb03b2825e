package dev.usher.gateway.http;

import java.time.Duration;

/**
 * What connections may do.
 *
 * @param idleTimeout one silent for this long is closed
 * @param requestTimeout longest time for the head of a request to the public port, and again for
 *     its body
 * @param most how many connections the public port has at once
 */
public record ConnectionRules(Duration idleTimeout, Duration requestTimeout, int most) {}
