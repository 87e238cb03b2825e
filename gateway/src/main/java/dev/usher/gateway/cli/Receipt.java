package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A receipt, as the public port gives it. */
record Receipt(JsonNode json) {

  String id() {
    return json.path("id").asText();
  }

  String state() {
    return json.path("state").asText();
  }

  /** Whether every required delivery has ended, one way or the other. */
  boolean isEnded() {
    return state().equals("completed") || state().equals("failed");
  }

  void print(Console console, boolean asJson) {
    if (asJson) {
      console.print(Json.line(json));
    } else {
      head().print(console);
      console.print("");
      actions().print(console);
    }
  }

  private Table head() {
    Table head = new Table();
    head.row(Cell.of("signup"), Cell.of(id()));
    head.row(Cell.of("state"), Cell.state(state()));
    return head;
  }

  private Table actions() {
    Table table = new Table("ACTION", "REQUIRED", "STATE", "WAITING FOR");
    json.path("actions")
        .fields()
        .forEachRemaining(action -> add(table, action.getKey(), action.getValue()));
    return table;
  }

  private static void add(Table table, String name, JsonNode action) {
    table.row(
        Cell.of(name),
        Cell.of(action.path("required").asBoolean() ? "required" : "optional"),
        Cell.state(action.path("state").asText()),
        Cell.waiting(action.path("waitingFor").asText()));
  }
}
