package dev.usher.benchmark;

/** The benchmark can't go on; the message says why, to a person. */
public final class BenchFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** For this reason. */
  public BenchFailed(String message) {
    super(message);
  }

  /** For this reason, that has a cause. */
  public BenchFailed(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
