package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.DeadLetter;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a request for dead letters asks for; throws {@link Refused} where it can't be read. */
final class DeadLetterQuery {

  private final MultiMap parameters;

  DeadLetterQuery(MultiMap parameters) {
    this.parameters = parameters;
  }

  DeadLetter.Filter filter() {
    return new DeadLetter.Filter(
        Set.of(),
        find("action"),
        find("cause").map(word -> cause("cause", word)),
        find("since").map(text -> instant("since", text)));
  }

  int limit(int usual, int max) {
    return find("limit").map(text -> number(text, max)).orElse(usual);
  }

  DeadLetter.Position after() {
    return find("after").map(DeadLetterQuery::position).orElse(DeadLetter.Position.START);
  }

  static String cursor(DeadLetter.Position position) {
    return position.seq() + "." + position.action();
  }

  static Cause cause(String field, String word) {
    return Arrays.stream(Cause.values())
        .filter(cause -> cause.word().equals(word))
        .findFirst()
        .orElseThrow(() -> refused(field, "must be one of " + causes()));
  }

  static Instant instant(String field, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw refused(field, "must be a time in UTC, such as 2026-01-31T12:00:00Z");
    }
  }

  static Refused refused(String field, String detail) {
    return new Refused(
        new Problem(
            400,
            "parameter",
            "Nothing was done; errors says why.",
            List.of(new Problem.Fault("/" + field, "invalid", detail))));
  }

  private Optional<String> find(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
  }

  static DeadLetter.Position position(String cursor) {
    int dot = cursor.indexOf('.');
    try {
      return new DeadLetter.Position(
          Long.parseLong(cursor.substring(0, Math.max(0, dot))), cursor.substring(dot + 1));
    } catch (NumberFormatException e) {
      throw refused("after", "must be the next of an earlier answer");
    }
  }

  private static int number(String text, int max) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= max) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Told below, as numbers out of range are.
    }
    throw refused("limit", "must be a number from 1 to " + max);
  }

  private static String causes() {
    return Arrays.stream(Cause.values()).map(Cause::word).collect(Collectors.joining(", "));
  }
}
