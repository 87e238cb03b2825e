package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * One thing that {@code usher doctor} looked at.
 *
 * @param verdict how it is
 * @param what what was looked at
 * @param detail what was found
 * @param mend what to do about it; empty where it is well
 */
record Finding(Verdict verdict, String what, String detail, String mend) {

  /** How a thing is. */
  enum Verdict {
    OK,
    WARN,
    FAIL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String what, String detail) {
    return new Finding(Verdict.OK, what, detail, "");
  }

  static Finding warn(String what, String detail, String mend) {
    return new Finding(Verdict.WARN, what, detail, mend);
  }

  static Finding fail(String what, String detail, String mend) {
    return new Finding(Verdict.FAIL, what, detail, mend);
  }

  boolean isFailure() {
    return verdict == Verdict.FAIL;
  }

  ObjectNode json() {
    return Json.object()
        .put("verdict", verdict.word())
        .put("what", what)
        .put("detail", detail)
        .put("mend", mend);
  }
}
