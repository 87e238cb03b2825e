package dev.usher.gateway.http;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What stands behind the question mark of a URL; throws {@link Refused} where it can't be read. */
record Parameters(MultiMap all) {

  /**
   * Reads no more than these. A filter that is misspelt, sent twice or empty would mean other
   * signups than its sender does.
   */
  static Parameters of(MultiMap all, String... known) {
    for (String name : all.names()) {
      if (!List.of(known).contains(name)) {
        throw refused(name, "is not a parameter here; known are " + String.join(", ", known));
      }
      if (all.getAll(name).size() > 1) {
        throw refused(name, "must be there once");
      }
      if (all.get(name).isBlank()) {
        throw refused(name, "must not be empty; leave it out");
      }
    }
    return new Parameters(all);
  }

  /** An e-mail address; a plus sign that was not encoded arrives as a blank, which none has. */
  Optional<String> email() {
    return find("email").map(text -> text.strip().replace(' ', '+'));
  }

  /** A parameter, if it is there and not empty. */
  Optional<String> find(String name) {
    return Optional.ofNullable(all.get(name)).filter(text -> !text.isEmpty());
  }

  Optional<Instant> instant(String name) {
    return find(name).map(text -> instant(name, text));
  }

  /** How many are wanted, if that is said. */
  int limit(int usual, int max) {
    return find("limit").map(text -> number(text, max)).orElse(usual);
  }

  /** Where an earlier answer ended, if that is said. */
  Optional<Long> after() {
    return find("after")
        .map(text -> Cursor.read(text).orElseThrow(() -> refused("after", Cursor.FAULT)));
  }

  private static Instant instant(String field, String text) {
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
}
