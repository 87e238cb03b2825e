package dev.usher.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: a whole number and one of {@code ms s m h d}. */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Durations() {}

  /**
   * Reads {@code 100ms}, {@code 10s}, {@code 5m}, {@code 2h} or {@code 3d}.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a duration; write 5s");
    }
    return Duration.ofMillis(Long.parseLong(form.group(1)) * unit(form.group(2)));
  }

  /** Whole milliseconds of it in the largest unit that fits; one day stays {@code 24h}. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % DAY == 0 && millis >= 2 * DAY) {
      return millis / DAY + "d";
    }
    if (millis % HOUR == 0 && millis > 0) {
      return millis / HOUR + "h";
    }
    if (millis % MINUTE == 0 && millis > 0) {
      return millis / MINUTE + "m";
    }
    return millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms";
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1;
      case "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR;
      default -> DAY;
    };
  }
}
