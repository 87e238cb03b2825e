package dev.usher.gateway.http;

import java.util.Locale;

/** What a token may do; each role may do what those before it may. */
public enum Role {
  /** Read everything: {@code GET}, metrics too. */
  VIEW,
  /** Change what happens to signups and actions. */
  OPERATE,
  /** Exchange the code of handlers. */
  DEPLOY;

  /**
   * The role of this word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word for it in settings and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
