package dev.usher.conformance;

/** A case could not be examined; the message says what was missing. */
final class NotExamined extends RuntimeException {

  private static final long serialVersionUID = 1;

  NotExamined(String message) {
    super(message);
  }
}
