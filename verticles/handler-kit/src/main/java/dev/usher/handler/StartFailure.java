package dev.usher.handler;

/** Why a handler process can't start, in words for the person who started it. */
final class StartFailure extends Exception {

  private static final long serialVersionUID = 1;

  /** A wrong option or setting. */
  static final int USAGE = 2;

  /** Anything else. */
  static final int FAILED = 1;

  private final int exitCode;

  StartFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
