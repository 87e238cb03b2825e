package dev.usher.handler;

/**
 * This delivery can never succeed: it becomes a dead letter at once, without another attempt. The
 * reason is shown to operators, so it must not hold an e-mail address or a name.
 */
public final class Rejected extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Rejects for this reason. */
  public Rejected(String reason) {
    // An answer, not a defect: nobody reads its stack trace.
    super(reason, null, false, false);
  }
}
