package dev.usher.gateway.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says in plain words why a text is not the JSON wanted here; the parser's own name its insides.
 */
final class MalformedJson {

  private static final String CODE = "malformed-json";
  private static final String ESCAPES =
      "after a backslash only \" \\ / b f n r t or u and four hex digits may follow";
  private static final String VALUE =
      "expected a value: text in double quotes, a number, true, false, null, { or [";

  /** What to say, by a piece of what the parser says; the first that fits. */
  private static final Map<String, String> WORDS = words();

  private MalformedJson() {}

  static Refused of(JsonProcessingException failure) {
    if (failure instanceof StreamConstraintsException) {
      return beyondLimits(failure);
    }
    if (failure instanceof MismatchedInputException) {
      return refused("duplicate-key", failure.getLocation(), "a key comes twice in one object");
    }
    if (failure instanceof JsonEOFException) {
      return refused(
          CODE, failure.getLocation(), "the JSON ends too early, with something left open");
    }
    return refused(CODE, failure.getLocation(), words(failure.getOriginalMessage()));
  }

  static Refused trailing(@Nullable JsonLocation place) {
    return refused(CODE, place, "there is more text after the end of the JSON");
  }

  /** The parser does not say where. */
  private static Refused beyondLimits(JsonProcessingException failure) {
    boolean isDepth = failure.getOriginalMessage().contains("nesting depth");
    return new Refused(
        isDepth
            ? new Problem(
                400, "too-deep", "The JSON must not nest deeper than " + Json.MAX_DEPTH + ".")
            : new Problem(
                400,
                CODE,
                "A number has more than " + Json.MAX_DIGITS + " digits or a key is far too long."));
  }

  private static Refused refused(String code, @Nullable JsonLocation place, String what) {
    String where =
        place == null ? "" : "Line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
    return new Refused(new Problem(400, code, where + what + "."));
  }

  private static String words(String message) {
    return WORDS.entrySet().stream()
        .filter(entry -> message.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("this is not JSON");
  }

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("comment", "JSON has no comments");
    words.put("double-quote to start field name", "expected a key in double quotes");
    words.put("comma to separate", "expected a comma or the closing bracket");
    words.put("colon to separate", "expected a colon between key and value");
    words.put("close marker", "this bracket closes what was not opened by its like");
    words.put(
        "Illegal unquoted character",
        "a control character in text must be escaped; a line break is \\n");
    words.put("Illegal character", "a control character is not allowed here");
    words.put("character escape", ESCAPES);
    words.put("hex-digit", ESCAPES);
    words.put("Non-standard token", "NaN and Infinity are not numbers in JSON");
    words.put("umeric value", "this is not a number as JSON writes it");
    words.put("in a number", "this is not a number as JSON writes it");
    words.put("Unrecognized token", VALUE);
    words.put("valid value", VALUE);
    return words;
  }
}
