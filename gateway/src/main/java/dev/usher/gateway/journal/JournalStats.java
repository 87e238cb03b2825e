package dev.usher.gateway.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The journal's file in numbers.
 *
 * @param file where it is
 * @param bytes its size
 * @param logBytes size of the write-ahead log beside it
 * @param freeBytes what of it holds nothing and is used again
 * @param schema version of its schema
 * @param attempts superseded attempts it keeps
 * @param audits entries of the audit
 * @param oldestOpen the oldest signup to which something is owed
 */
public record JournalStats(
    Path file,
    long bytes,
    long logBytes,
    long freeBytes,
    int schema,
    long attempts,
    long audits,
    Optional<OldestOpen> oldestOpen) {

  /**
   * A signup to which something is owed.
   *
   * @param id its id
   * @param acceptedAt when it was accepted
   */
  public record OldestOpen(String id, Instant acceptedAt) {}
}
