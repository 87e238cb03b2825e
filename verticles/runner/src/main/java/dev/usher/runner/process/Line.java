package dev.usher.runner.process;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/**
 * Something that a process has printed.
 *
 * @param level how much it matters
 * @param text the line, without time and level where it has any
 */
public record Line(Level level, String text) {

  /** As Logback is set up in the processes of ours that are written in Java. */
  private static final Pattern OF_JAVA =
      Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (ERROR|WARN|INFO|DEBUG|TRACE) +(.*)");

  private static final Set<String> HEAD = Set.of("time", "level", "logger", "message");

  /** Of standard output: what a handler has to say. */
  public static Line ofOutput(String text) {
    return of(text, Level.INFO);
  }

  /** Of standard error: a line of a log, or of a traceback. */
  public static Line ofErrors(String text) {
    return of(text, Level.WARN);
  }

  private static Line of(String text, Level otherwise) {
    if (text.startsWith("{\"time\"")) {
      return ofJson(text, otherwise);
    }
    Matcher java = OF_JAVA.matcher(text);
    return java.matches()
        ? new Line(Level.valueOf(java.group(1)), java.group(2))
        : new Line(otherwise, text);
  }

  /** As Python and Node write their logs. */
  private static Line ofJson(String text, Level otherwise) {
    try {
      JsonObject json = new JsonObject(text);
      String fields =
          json.stream()
              .filter(field -> !HEAD.contains(field.getKey()))
              .map(field -> " " + field.getKey() + "=" + field.getValue())
              .collect(Collectors.joining());
      return new Line(level(json.getString("level", "")), json.getString("message", "") + fields);
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      return new Line(otherwise, text);
    }
  }

  private static Level level(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "WARNING" -> Level.WARN;
      case "CRITICAL" -> Level.ERROR;
      default -> Level.valueOf(word);
    };
  }
}
