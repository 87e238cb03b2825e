package dev.usher.gateway;

/** The gateway can't start; the message is for the person who started it. */
final class StartFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  StartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
