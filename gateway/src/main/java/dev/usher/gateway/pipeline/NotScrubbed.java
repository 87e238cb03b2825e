package dev.usher.gateway.pipeline;

/** Signups are erased, but a copy of the journal can't be rewritten and may still hold them. */
public final class NotScrubbed extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says which. */
  public NotScrubbed(String message, Throwable cause) {
    super(message, cause);
  }
}
