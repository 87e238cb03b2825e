package dev.usher.gateway.pipeline;

import java.time.Duration;

/**
 * What is known about the end of an attempt.
 *
 * @param outcome how it ended
 * @param retryAfter shortest wait the handler asked for; zero where it asked for none
 * @param text result of a success (JSON), reason of anything else; at most {@link #MAX_TEXT_LENGTH}
 *     characters of a result and {@link #MAX_REASON_LENGTH} of a reason are kept
 * @param isUnreachable no connection came about: the handler knows nothing of this attempt
 */
public record Ending(Outcome outcome, Duration retryAfter, String text, boolean isUnreachable) {

  /** Most characters kept of a result. */
  public static final int MAX_TEXT_LENGTH = 4_096;

  /** Most characters kept of a reason. */
  public static final int MAX_REASON_LENGTH = 512;

  /** Cuts what is too long to keep. */
  public Ending {
    int max = outcome == Outcome.SUCCEEDED ? MAX_TEXT_LENGTH : MAX_REASON_LENGTH;
    text = text.length() > max ? text.substring(0, max) : text;
  }

  /** The end of an attempt that came to its handler, or may have. */
  public Ending(Outcome outcome, Duration retryAfter, String text) {
    this(outcome, retryAfter, text, false);
  }

  /** An ending without a wish for the next attempt. */
  public Ending(Outcome outcome, String text) {
    this(outcome, Duration.ZERO, text);
  }

  /** It failed before it came to its handler, for want of a connection. */
  public static Ending unreachable(String reason) {
    return new Ending(Outcome.FAILED, Duration.ZERO, reason, true);
  }

  /** Whether nobody answered: several of these in a row speak of an outage. */
  boolean isSilent() {
    return isUnreachable || outcome.isUnknown();
  }
}
