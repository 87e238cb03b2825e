package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Dead letters by action, cause and reason class.
 *
 * @param groups as the gateway counted them
 */
record DeadLetterCounts(JsonNode groups) {

  /** What a person is told instead of an empty list. */
  static final String NONE = "no dead letters match";

  void print(Console console, boolean isJson) {
    if (groups.isEmpty()) {
      console.say(NONE);
    } else if (isJson) {
      groups.forEach(group -> console.print(Json.line(group)));
    } else {
      table().print(console);
    }
  }

  private Table table() {
    Table table =
        new Table("COUNT", "ACTION", "CAUSE", "REASON CLASS", "OLDEST", "NEWEST", "EXAMPLE");
    for (JsonNode group : groups) {
      table.row(
          Cell.of(group.path("count").asLong()),
          Cell.of(group.path("action").asText()),
          Cell.of(group.path("cause").asText()),
          Cell.of(group.path("reasonClass").asText("(other classes)")),
          Cell.of(group.path("oldest").asText()),
          Cell.of(group.path("newest").asText()),
          Cell.of(group.at("/example/id").asText()));
    }
    return table;
  }
}
