package dev.usher.conformance;

/** The handler did something else than it must; the message says what, to its author. */
final class NotConforming extends RuntimeException {

  private static final long serialVersionUID = 1;

  NotConforming(String message) {
    super(message);
  }
}
