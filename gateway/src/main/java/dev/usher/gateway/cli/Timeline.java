package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every attempt of some deliveries in the order in which they began, then how they stand. */
final class Timeline {

  private final List<Event> events = new ArrayList<>();
  private final List<JsonNode> deliveries = new ArrayList<>();

  private record Event(Instant at, List<Cell> cells) {

    Event(Instant at, Cell... cells) {
      this(at, List.of(cells));
    }
  }

  /** Adds a delivery with its history, as the admin port gives it. */
  void add(JsonNode delivery) {
    deliveries.add(delivery);
    JsonNode history = delivery.path("history");
    for (int i = 0; i < history.size(); i++) {
      events.add(attempt(delivery.path("action").asText(), history.get(i)));
    }
    long omitted = delivery.path("omitted").asLong();
    if (omitted > 0) {
      events.add(gap(delivery.path("action").asText(), omitted, history.path(3)));
    }
  }

  void print(Console console) {
    if (!events.isEmpty()) {
      Table table = new Table("STARTED", "ACTION", "ATTEMPT", "OUTCOME", "TOOK", "ON", "REASON");
      events.stream()
          .sorted(Comparator.comparing(Event::at))
          .forEach(event -> table.row(event.cells().toArray(Cell[]::new)));
      table.print(console);
      console.print("");
    }
    now().print(console);
  }

  private static Event attempt(String action, JsonNode attempt) {
    String outcome = attempt.path("outcome").asText();
    return new Event(
        at(attempt),
        Cell.of(attempt.path("startedAt").asText()),
        Cell.of(action),
        Cell.of(attempt.path("attempt").asText()),
        outcome.equals("running") ? Cell.waiting(outcome) : Cell.state(outcome),
        Cell.of(took(attempt.path("tookMs"))),
        Cell.of(attempt.path("instance").asText()),
        Cell.of(attempt.path("reason").asText()));
  }

  /** Stands before the first attempt that came after those left out. */
  private static Event gap(String action, long omitted, JsonNode next) {
    return new Event(
        at(next).minusNanos(1),
        Cell.of("…"),
        Cell.of(action),
        Cell.of(""),
        Cell.of(omitted + " more"));
  }

  private static Instant at(JsonNode attempt) {
    try {
      return Instant.parse(attempt.path("startedAt").asText());
    } catch (DateTimeParseException unknown) {
      return Instant.EPOCH;
    }
  }

  private static String took(JsonNode millis) {
    if (!millis.isNumber()) {
      return "";
    }
    Duration took = Duration.ofMillis(Math.round(millis.doubleValue()));
    return took.isZero() ? "<1ms" : Span.text(took);
  }

  private Table now() {
    Table table =
        new Table("ACTION", "REQUIRED", "STATE", "ATTEMPTS", "WAITING FOR", "NEXT", "BECAUSE");
    for (JsonNode delivery : deliveries) {
      table.row(
          Cell.of(delivery.path("action").asText()),
          Cell.of(delivery.path("required").asBoolean() ? "required" : "optional"),
          Cell.state(delivery.path("state").asText()),
          Cell.of(delivery.path("attempts").asText()),
          Cell.waiting(delivery.path("waitingFor").asText()),
          Cell.of(delivery.path("due").asText()),
          Cell.of(because(delivery)));
    }
    return table;
  }

  private static String because(JsonNode delivery) {
    return delivery.path("cancelling").asBoolean()
        ? "cancelled; this attempt is the last"
        : delivery.path("cause").asText();
  }
}
