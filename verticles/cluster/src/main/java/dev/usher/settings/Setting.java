package dev.usher.settings;

/**
 * One setting in force, as it may be shown to anyone.
 *
 * @param key dotted
 * @param value the value, commas between several; masked where it is secret; empty where none is
 *     set
 * @param origin who decided it
 * @param place where: {@code config/gateway.yaml:14:11} or {@code USHER_HTTP_PORT}; empty for a
 *     default
 * @param description what it does
 */
public record Setting(String key, String value, Origin origin, String place, String description) {}
