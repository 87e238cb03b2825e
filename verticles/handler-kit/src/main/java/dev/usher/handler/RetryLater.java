package dev.usher.handler;

import java.time.Duration;

/** This attempt did not work; another one may, but not before a certain wait. */
public final class RetryLater extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Duration after;

  /** Asks for another attempt, at the earliest after this wait. */
  public RetryLater(Duration after) {
    this(after, "asked to be tried again later");
  }

  /** Asks for another attempt, at the earliest after this wait, and says why. */
  public RetryLater(Duration after, String reason) {
    // An answer, not a defect: nobody reads its stack trace.
    super(reason, null, false, false);
    if (after.isNegative()) {
      throw new IllegalArgumentException("a wait of " + after + " is negative");
    }
    this.after = after;
  }

  /** The shortest wait before the next attempt. */
  public Duration after() {
    return after;
  }
}
