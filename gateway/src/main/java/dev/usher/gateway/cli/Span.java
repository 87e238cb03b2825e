package dev.usher.gateway.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as people write it: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 24h}. */
final class Span implements ITypeConverter<Duration> {

  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  @Override
  public Duration convert(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new TypeConversionException(
          "\"" + text + "\" is not a duration; write a number and ms, s, m, h or d, as in 30s");
    }
    return of(Long.parseLong(written.group(1)), written.group(2));
  }

  /** The same in as many units as it takes, none of them zero: {@code 24h}, {@code 1m30s}. */
  static String text(Duration span) {
    StringBuilder text = new StringBuilder();
    append(text, isWholeDays(span) ? span.toDays() : 0, "d");
    append(text, isWholeDays(span) ? 0 : span.toHours(), "h");
    append(text, span.toMinutesPart(), "m");
    append(text, span.toSecondsPart(), "s");
    append(text, span.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static Duration of(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** One day is still {@code 24h}: that is how the default is written. */
  private static boolean isWholeDays(Duration span) {
    return span.toDays() > 1 && span.equals(Duration.ofDays(span.toDays()));
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count != 0) {
      text.append(count).append(unit);
    }
  }
}
