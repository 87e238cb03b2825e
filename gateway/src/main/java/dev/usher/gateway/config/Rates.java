package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Rate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as people write them: {@code 10/s}, {@code 100/m}, {@code 5000/h}. */
final class Rates {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,7})/([smh])");

  private Rates() {}

  /** Reads a rate; the schema has let only such pass. */
  static Rate parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text + " is not a rate");
    }
    return new Rate(Integer.parseInt(form.group(1)), per(form.group(2)));
  }

  static String format(Rate rate) {
    String unit = rate.per().toSeconds() == 1 ? "s" : rate.per().toMinutes() == 1 ? "m" : "h";
    return rate.count() + "/" + unit;
  }

  private static Duration per(String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      default -> Duration.ofHours(1);
    };
  }
}
