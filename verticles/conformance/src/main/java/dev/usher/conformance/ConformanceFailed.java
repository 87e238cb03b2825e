package dev.usher.conformance;

/** The conformance kit itself can't go on, whatever the handler does; the message says why. */
final class ConformanceFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  ConformanceFailed(String message) {
    super(message);
  }

  ConformanceFailed(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
