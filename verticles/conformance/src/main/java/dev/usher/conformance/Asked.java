package dev.usher.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a signup asks the handler for: {@code conformance} in its payload. */
final class Asked {

  /** The result of a wait that was begun a single time, however often it was asked for. */
  static final ObjectNode BEGUN_ONCE = Json.object().put("begun", 1);

  private Asked() {}

  static ObjectNode to(String word) {
    return Json.object().put("do", word);
  }

  static ObjectNode toReturn(ObjectNode value) {
    return to("return").set("value", value);
  }

  static ObjectNode toWait(int ms) {
    return to("wait").put("ms", ms);
  }
}
