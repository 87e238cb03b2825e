package dev.usher.conformance;

/**
 * What became of a case.
 *
 * @param handler name of the handler
 * @param name name of the case
 * @param detail why it was not passed; empty where it was
 */
record Result(String handler, String name, Verdict verdict, String detail) {

  /** How a case ended. */
  enum Verdict {
    PASSED("passed"),
    FAILED("FAILED"),
    SKIPPED("skipped");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /** For people; failures stand out. */
    String word() {
      return word;
    }
  }

  static Result passed(String handler, String name) {
    return new Result(handler, name, Verdict.PASSED, "");
  }

  static Result failed(String handler, String name, String detail) {
    return new Result(handler, name, Verdict.FAILED, detail);
  }

  static Result skipped(String handler, String name, String detail) {
    return new Result(handler, name, Verdict.SKIPPED, detail);
  }
}
