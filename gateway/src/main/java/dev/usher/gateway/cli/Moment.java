package dev.usher.gateway.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A point in time as people write it: a time in UTC, or how long ago it was.
 *
 * @param at the point in time
 */
record Moment(Instant at) {

  /** As the gateway takes it. */
  @Override
  public String toString() {
    return at.toString();
  }

  /** Reads {@code 2026-01-31T12:00:00Z} and {@code 2h}. */
  static final class Converter implements ITypeConverter<Moment> {

    private final Clock clock;

    /** Counts back from now. */
    Converter() {
      this(Clock.systemUTC());
    }

    Converter(Clock clock) {
      this.clock = clock;
    }

    @Override
    public Moment convert(String text) {
      try {
        return new Moment(Instant.parse(text));
      } catch (DateTimeParseException noTime) {
        return ago(text);
      }
    }

    private Moment ago(String text) {
      try {
        return new Moment(clock.instant().minus(new Span().convert(text)));
      } catch (TypeConversionException noSpan) {
        throw new TypeConversionException(
            "\""
                + text
                + "\" is neither a time such as 2026-01-31T12:00:00Z nor how long ago, such as 2h");
      }
    }
  }
}
