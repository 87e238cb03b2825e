package dev.usher.gateway.pipeline;

/** The journal can't be written or read right now; nothing was accepted. */
public class JournalUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says what failed. */
  public JournalUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
