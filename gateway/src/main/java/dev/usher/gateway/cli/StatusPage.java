package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.wire.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that {@code usher status} shows; every part may be missing from an older gateway. */
final class StatusPage {

  private final JsonNode status;

  StatusPage(JsonNode status) {
    this.status = status;
  }

  void print(Console console) {
    head().print(console);
    section(console, actions(), "no actions: name some in config/actions.yaml");
    section(console, handlers(), "no handlers: what is planned waits until one joins");
    Table deployed = DeployedVersion.table(status.path("deployed"));
    if (!deployed.isEmpty()) {
      console.print("");
      deployed.print(console);
    }
    remarks(console);
  }

  private static void section(Console console, Table table, String instead) {
    console.print("");
    if (table.isEmpty()) {
      console.print(instead);
    } else {
      table.print(console);
    }
  }

  private Table head() {
    JsonNode health = status.path("health");
    JsonNode cluster = health.path("cluster");
    Table head = new Table();
    head.row(Cell.of("gateway"), Cell.of(status.path("url").asText()));
    head.row(Cell.of("status"), Cell.state(health.path("status").asText()));
    head.row(Cell.of("journal"), Cell.state(health.path("journal").asText()));
    if (health.path("disk").asText().equals("low")) {
      head.row(Cell.of("disk"), Cell.state("low"));
    }
    head.row(
        Cell.of("cluster"),
        Cell.of(cluster.path("name").asText() + ", " + members(cluster.path("members").asInt())));
    head.row(Cell.of("signups"), Cell.of(signups()));
    head.row(Cell.of("deliveries"), Cell.of(deliveries()));
    return head;
  }

  private static String members(int count) {
    return count + (count == 1 ? " member" : " members");
  }

  private String signups() {
    JsonNode totals = status.path("totals").path("signups");
    return balance(totals, "accepted", "completed", "failed", "open");
  }

  private String deliveries() {
    JsonNode totals = status.path("totals").path("deliveries");
    return balance(totals, "planned", "succeeded", "dead", "cancelled", "pending", "running");
  }

  /** The first count and what it must be the sum of. */
  private static String balance(JsonNode totals, String whole, String... parts) {
    return count(totals, whole)
        + " "
        + whole
        + Stream.of(parts)
            .map(part -> count(totals, part) + " " + part)
            .collect(Collectors.joining(" + ", " = ", ""));
  }

  private Table actions() {
    Table table =
        new Table(
            "ACTION", "REQUIRED", "ADDRESS", "HANDLERS", "RUNNING", "WAITING", "SUCCEEDED", "DEAD");
    for (JsonNode action : status.path("actions")) {
      if (isOver(action)) {
        continue;
      }
      JsonNode deliveries = action.path("deliveries");
      table.row(
          Cell.of(action.path("name").asText()),
          required(action),
          Cell.of(action.path("address").asText()),
          Cell.of(count(action, "instances")),
          Cell.of(count(deliveries, "running")),
          Cell.waiting(waiting(action)),
          Cell.of(count(deliveries, "succeeded")),
          Cell.alarm(count(deliveries, "dead")));
    }
    return table;
  }

  /** Removed, and nobody waits for anything of it. */
  private static boolean isOver(JsonNode action) {
    JsonNode deliveries = action.path("deliveries");
    return !action.path("configured").asBoolean(true)
        && count(deliveries, "pending") + count(deliveries, "running") + count(deliveries, "dead")
            == 0;
  }

  private static Cell required(JsonNode action) {
    if (!action.path("configured").asBoolean(true)) {
      return Cell.waiting("removed");
    }
    return Cell.of(action.path("required").asBoolean() ? "required" : "optional");
  }

  /** How many wait for what; those that wait for nothing but their turn come last. */
  private static String waiting(JsonNode action) {
    List<String> parts = new ArrayList<>();
    long turn = count(action.path("deliveries"), "pending");
    for (var reason : action.path("waiting").properties()) {
      long waiting = reason.getValue().asLong();
      if (waiting > 0) {
        parts.add(waiting + " " + reason.getKey());
        turn -= waiting;
      }
    }
    if (turn > 0) {
      parts.add(turn + " pending");
    }
    return String.join(", ", parts) + (parts.isEmpty() ? "" : oldest(action));
  }

  private static String oldest(JsonNode action) {
    long seconds = count(action, "oldestWaitingSeconds");
    return seconds == 0 ? "" : " (oldest " + Span.text(Duration.ofSeconds(seconds)) + ")";
  }

  private Table handlers() {
    Table table =
        new Table("HANDLER", "INSTANCE", "ADDRESS", "STATE", "IN FLIGHT", "VERSION", "KIND");
    for (JsonNode handler : status.path("handlers")) {
      table.row(
          Cell.of(handler.path("handler").asText()),
          Cell.of(handler.path("instance").asText()),
          Cell.of(handler.path("address").asText()),
          Cell.state(handler.path("state").asText()),
          Cell.of(load(handler)),
          version(handler),
          Cell.of(handler.path("kind").asText() + " " + handler.path("language").asText()));
    }
    return table;
  }

  /** Of a deployed one, which deployment: two of them may say the same of their version. */
  static Cell version(JsonNode handler) {
    String deployment = handler.path("deployment").asText();
    boolean isDeployed = Origin.of(deployment) == Origin.DEPLOYED;
    return Cell.of(isDeployed ? deployment : handler.path("version").asText());
  }

  private static String load(JsonNode handler) {
    long slots = count(handler, "slots");
    return count(handler, "inFlight") + (slots == 0 ? "" : "/" + slots);
  }

  private void remarks(Console console) {
    List<String> remarks = new ArrayList<>(DeployedVersion.remarks(status.path("deployed")));
    status.path("unused").forEach(unused -> remarks.add(unused(unused)));
    status.path("aside").forEach(aside -> remarks.add(ActionsList.aside(aside)));
    status
        .path("problems")
        .forEach(problem -> remarks.add("configuration not in force: " + problem.asText()));
    if (!remarks.isEmpty()) {
      console.print("");
    }
    Table lines = new Table();
    remarks.forEach(remark -> lines.row(Cell.waiting(remark)));
    lines.print(console);
  }

  private static String unused(JsonNode unused) {
    String near = unused.path("near").asText();
    return unused.path("address").asText()
        + " has listeners but no action"
        + (near.isEmpty() ? "" : "; did you mean " + near + "?");
  }

  private static long count(JsonNode node, String name) {
    return node.path(name).asLong();
  }
}
