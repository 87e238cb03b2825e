package dev.usher.runner;

/** Why an artefact does not run, in words for the person who deployed it. */
public final class CannotDeploy extends Exception {

  private static final long serialVersionUID = 1;

  CannotDeploy(String message) {
    super(message);
  }

  CannotDeploy(String message, Throwable cause) {
    super(message, cause);
  }
}
