package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.pipeline.Pace;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The fields of an order's JSON body; collects what is wrong with them. */
final class OrderFields {

  private final JsonNode body;
  private final List<Problem.Fault> faults = new ArrayList<>();

  /** Reads a body that may have these fields; throws {@link Refused} where it is no object. */
  OrderFields(byte[] bytes, Set<String> known) {
    body = SignupBody.json(bytes);
    if (!body.isObject()) {
      throw new Refused(new Problem(400, "not-an-object", "The body must be a JSON object."));
    }
    body.properties().stream()
        .map(field -> field.getKey())
        .filter(name -> !known.contains(name))
        .forEach(name -> fault(name, "is unknown; there are " + known.stream().sorted().toList()));
  }

  boolean has(String field) {
    return body.has(field);
  }

  JsonNode get(String field) {
    return body.path(field);
  }

  boolean flag(String field) {
    JsonNode value = body.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      fault(field, "must be true or false");
    }
    return value.asBoolean(false);
  }

  Optional<String> text(String field) {
    JsonNode value = body.path(field);
    if (!value.isMissingNode() && !value.isTextual()) {
      fault(field, "must be a text");
      return Optional.empty();
    }
    return Optional.ofNullable(value.textValue());
  }

  Optional<Instant> instant(String field) {
    return text(field)
        .flatMap(
            text -> {
              try {
                return Optional.of(Instant.parse(text));
              } catch (DateTimeParseException e) {
                fault(field, "must be a time in UTC, such as 2026-01-31T12:00:00Z");
                return Optional.empty();
              }
            });
  }

  Pace pace() {
    return new Pace(number("rate", "a number a second"), number("limit", "a number"));
  }

  String reason() {
    return Reason.cut(text("reason").orElse(""));
  }

  void fault(String field, String detail) {
    faults.add(new Problem.Fault(field.isEmpty() ? "" : "/" + field, "invalid", detail));
  }

  /** Ends the request where anything was wrong. */
  void refuseFaults() {
    if (!faults.isEmpty()) {
      throw new Refused(
          new Problem(422, "invalid-order", "Nothing was done; errors says why.", faults));
    }
  }

  private OptionalInt number(String field, String what) {
    JsonNode number = body.path(field);
    if (number.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!number.isInt() || number.intValue() < 1) {
      fault(field, "must be " + what + ", at least 1");
      return OptionalInt.empty();
    }
    return OptionalInt.of(number.intValue());
  }
}
