package dev.usher.gateway.pipeline;

import java.util.Optional;

/**
 * A person's wish that a signup, or one action of it, is not delivered any more.
 *
 * @param signup id of the signup
 * @param action only this action; empty for all
 * @param token name of the token it was done with
 * @param reason why, for the audit; may be empty
 */
public record Cancellation(String signup, Optional<String> action, String token, String reason) {

  /**
   * What it did.
   *
   * @param matched deliveries that were open
   * @param done those that are cancelled now; the others run, and are not attempted again
   * @param receipt how the signup stands now
   */
  public record Report(long matched, long done, Receipt receipt) {}

  /** What was meant, in the words of the audit. */
  String detail() {
    String what = signup + action.map(name -> "." + name).orElse("");
    return AuditEntry.detail(what, reason);
  }
}
