package dev.usher.runner;

import java.time.Instant;

/**
 * A line of a handler's log.
 *
 * @param at when it was written
 * @param version number of the version that wrote it, see {@link Terms#number}
 * @param level as SLF4J has it: {@code INFO}, {@code ERROR}
 * @param text the line, without time and level
 */
record LogLine(Instant at, int version, String level, String text) {}
