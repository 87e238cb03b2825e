package dev.usher.gateway.journal;

import java.nio.file.Path;

/**
 * A whole copy of the journal, as of one moment.
 *
 * @param file where it is
 * @param bytes its size
 */
public record Backup(Path file, long bytes) {}
