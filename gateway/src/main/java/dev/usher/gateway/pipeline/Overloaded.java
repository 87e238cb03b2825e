package dev.usher.gateway.pipeline;

import java.time.Duration;

/** Refused before acceptance, so that what was accepted keeps moving; nothing was written. */
public final class Overloaded extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Duration retryAfter;

  /** Says what is full and when to come back. */
  public Overloaded(String message, Duration retryAfter) {
    super(message, null, false, false);
    this.retryAfter = retryAfter;
  }

  /** When another try makes sense. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
