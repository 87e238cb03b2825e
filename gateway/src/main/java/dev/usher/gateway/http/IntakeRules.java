package dev.usher.gateway.http;

import java.util.List;

/**
 * What the public port takes, and from whom.
 *
 * @param bodyLimit longest body of a request, in bytes
 * @param pages where browsers go after a form
 * @param origins web origins whose scripts may send signups; empty where none may
 */
public record IntakeRules(int bodyLimit, FormPages pages, List<String> origins) {

  /** Keeps its own list. */
  public IntakeRules {
    origins = List.copyOf(origins);
  }

  /** Nothing but a limit. */
  public static IntakeRules of(int bodyLimit) {
    return new IntakeRules(bodyLimit, FormPages.NONE, List.of());
  }
}
