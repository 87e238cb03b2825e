package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * Something a person did.
 *
 * @param no grows with each entry
 * @param at when
 * @param token name of the token it was done with
 * @param verb what was done
 * @param detail to what; ids and counts only
 */
public record AuditEntry(long no, Instant at, String token, String verb, String detail) {

  /** What is kept as the detail: what was done, and why if that was said. */
  public static String detail(String what, String reason) {
    return reason.isEmpty() ? what : what + " because " + reason;
  }

  /**
   * Which entries are meant; what is empty does not restrict.
   *
   * @param token name of the token
   * @param verb what was done
   * @param since at or after this
   * @param about id of a signup that the detail names, itself or with a delivery
   */
  public record Filter(
      Optional<String> token,
      Optional<String> verb,
      Optional<Instant> since,
      Optional<String> about) {

    /** Whatever they are about. */
    public Filter(Optional<String> token, Optional<String> verb, Optional<Instant> since) {
      this(token, verb, since, Optional.empty());
    }

    /** What was done to a signup by its id. */
    public static Filter about(String signup) {
      return new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(signup));
    }
  }
}
