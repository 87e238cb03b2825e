package dev.usher.gateway.pipeline;

import java.time.Duration;

/**
 * What is known about the end of an attempt.
 *
 * @param outcome how it ended
 * @param retryAfter shortest wait the handler asked for; zero where it asked for none
 * @param text result of a success (JSON), reason of anything else; at most {@link #MAX_TEXT_LENGTH}
 *     characters of a result and {@link #MAX_REASON_LENGTH} of a reason are kept
 */
public record Ending(Outcome outcome, Duration retryAfter, String text) {

  /** Most characters kept of a result. */
  public static final int MAX_TEXT_LENGTH = 4_096;

  /** Most characters kept of a reason. */
  public static final int MAX_REASON_LENGTH = 512;

  /** Cuts what is too long to keep. */
  public Ending {
    int max = outcome == Outcome.SUCCEEDED ? MAX_TEXT_LENGTH : MAX_REASON_LENGTH;
    text = text.length() > max ? text.substring(0, max) : text;
  }

  /** An ending without a wish for the next attempt. */
  public Ending(Outcome outcome, String text) {
    this(outcome, Duration.ZERO, text);
  }
}
