package dev.usher.handler;

/**
 * This attempt was never started, so it burns nothing and is due again at once: for a handler that
 * passes deliveries on to another program and could not. Code that has begun must not say this.
 */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Refuses for this reason. */
  public Refused(String reason) {
    // An answer, not a defect: nobody reads its stack trace.
    super(reason, null, false, false);
  }
}
