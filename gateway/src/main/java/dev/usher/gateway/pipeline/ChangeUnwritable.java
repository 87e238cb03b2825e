package dev.usher.gateway.pipeline;

/**
 * The journal works but does not take this one change, now or ever: writing it again is of no use.
 * Nothing of it was written.
 */
public final class ChangeUnwritable extends JournalUnavailable {

  private static final long serialVersionUID = 1;

  /** Says why. */
  public ChangeUnwritable(String message, Throwable cause) {
    super(message, cause);
  }
}
