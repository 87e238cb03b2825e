package dev.usher.runner.process;

/** Why a process did not become ready, in words for people, with what it said itself. */
public final class DoesNotStart extends Exception {

  private static final long serialVersionUID = 1;

  DoesNotStart(String message, Throwable cause) {
    super(message, cause);
  }
}
