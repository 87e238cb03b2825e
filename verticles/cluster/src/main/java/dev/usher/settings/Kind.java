package dev.usher.settings;

import java.util.regex.Pattern;

/** What a setting's value is. */
enum Kind {
  TEXT("text", "short", "long"),
  NUMBER("a whole number", "small", "large"),
  DECIMAL("a number", "small", "large"),
  FLAG("true or false", "", ""),
  DURATION("a duration", "short", "long"),
  SIZE("a size", "small", "large"),
  PORTS("a port or a range of ports", "", ""),
  LIST("a list", "", ""),
  GROUP("a group of settings", "", ""),
  GROUPS("a list of groups", "", "");

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern FRACTION = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final Pattern RANGE = Pattern.compile("[0-9]{1,5}(-[0-9]{1,5})?");
  private static final int HIGHEST_PORT = 65_535;

  private final String noun;
  private final String tooLow;
  private final String tooHigh;

  Kind(String noun, String tooLow, String tooHigh) {
    this.noun = noun;
    this.tooLow = tooLow;
    this.tooHigh = tooHigh;
  }

  /** What a value that does not fit is not. */
  String noun() {
    return noun;
  }

  /** What a value under the least is. */
  String tooLow() {
    return "too " + tooLow;
  }

  /** What a value over the most is. */
  String tooHigh() {
    return "too " + tooHigh;
  }

  /** Whether a text is such a value; its bounds are another matter. */
  boolean reads(String text) {
    return switch (this) {
      case NUMBER -> WHOLE.matcher(text).matches();
      case DECIMAL -> FRACTION.matcher(text).matches();
      case FLAG -> text.equals("true") || text.equals("false");
      case DURATION, SIZE -> measures(text);
      case PORTS -> RANGE.matcher(text).matches() && isRange(text.split("-", 2));
      case TEXT, LIST, GROUP, GROUPS -> true;
    };
  }

  /** What bounds are compared by: milliseconds, bytes or the number itself. */
  double measure(String text) {
    return switch (this) {
      case DURATION -> Durations.parse(text).toMillis();
      case SIZE -> Sizes.parse(text);
      case NUMBER, DECIMAL -> Double.parseDouble(text);
      case TEXT, FLAG, PORTS, LIST, GROUP, GROUPS -> 0;
    };
  }

  private boolean measures(String text) {
    try {
      return measure(text) >= 0;
    } catch (IllegalArgumentException otherForm) {
      return false;
    }
  }

  private static boolean isRange(String[] ends) {
    int first = Integer.parseInt(ends[0]);
    int last = Integer.parseInt(ends[ends.length - 1]);
    return first <= last && last <= HIGHEST_PORT;
  }
}
