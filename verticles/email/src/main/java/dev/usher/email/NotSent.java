package dev.usher.email;

/** A letter that may be sent again. The reason is shown to operators: no address, no name. */
final class NotSent extends RuntimeException {

  private static final long serialVersionUID = 1;

  NotSent(String reason) {
    // An answer, not a defect: nobody reads its stack trace.
    super(reason, null, false, false);
  }
}
