package dev.usher.runner;

/** What a handler's code threw, in words. */
final class Failures {

  private Failures() {}

  /** Says what failed, then the handler's own error and the line it came from. */
  static CannotDeploy of(String what, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String where = trace.length == 0 ? "" : " (" + trace[0] + ")";
    return new CannotDeploy(what + ": " + failure + where, failure);
  }
}
