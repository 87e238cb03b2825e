package dev.usher.runner.process;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a process prints when one of its handlers serves: {@code ready handler=crm
 * address=signup.crm … serving=1/2 instance=crm-7k2m0qd41vbe}.
 *
 * @param handler its name, for people
 * @param address where it listens
 * @param drainLimit longest time that it takes to finish what it has; zero where it does not say
 * @param isLast whether all handlers of the process serve now
 */
public record ReadyLine(String handler, String address, Duration drainLimit, boolean isLast) {

  private static final String WORD = "ready ";
  private static final Pattern SPACES = Pattern.compile(" +");

  static Optional<ReadyLine> of(String line) {
    return line.startsWith(WORD) ? of(fields(line)) : Optional.empty();
  }

  private static Optional<ReadyLine> of(Map<String, String> fields) {
    return Optional.ofNullable(fields.get("handler"))
        .map(
            handler ->
                new ReadyLine(
                    handler,
                    fields.getOrDefault("address", ""),
                    drainLimit(fields.getOrDefault("drain", "")),
                    isLast(fields.getOrDefault("serving", "1/1"))));
  }

  private static Map<String, String> fields(String line) {
    return SPACES
        .splitAsStream(line)
        .filter(word -> word.indexOf('=') > 0)
        .collect(
            Collectors.toMap(
                word -> word.substring(0, word.indexOf('=')),
                word -> word.substring(word.indexOf('=') + 1),
                (first, again) -> first));
  }

  private static Duration drainLimit(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException saysNothing) {
      return Duration.ZERO;
    }
  }

  private static boolean isLast(String serving) {
    int slash = serving.indexOf('/');
    return slash < 0 || serving.substring(0, slash).equals(serving.substring(slash + 1));
  }
}
