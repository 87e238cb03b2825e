package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usher actions list}: what is in force, and what was said over the file. */
@Command(name = "list", description = "List the actions in force and what was said over the file.")
final class ActionsList implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  ActionsList(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonNode answer = options.open(surroundings).fetch("/admin/actions");
    Console console = surroundings.console();
    if (output.isJson(console)) {
      answer.path("actions").forEach(action -> console.print(Json.line(action)));
    } else {
      table(answer).print(console);
      remarks(answer).forEach(remark -> console.say(Printable.of(remark)));
    }
    return Exit.OK.code();
  }

  private static Table table(JsonNode answer) {
    Table table = new Table("ACTION", "REQUIRED", "ADDRESS", "HANDLERS", "WAITING", "OVERRIDE");
    for (JsonNode action : answer.path("actions")) {
      table.row(
          Cell.of(action.path("name").asText()),
          kind(action),
          Cell.of(action.path("address").asText()),
          Cell.of(action.path("instances").asLong()),
          Cell.of(action.path("deliveries").path("pending").asLong()),
          Cell.waiting(override(action.path("override"), isAside(answer, action))));
    }
    return table;
  }

  private static Cell kind(JsonNode action) {
    if (!action.path("configured").asBoolean()) {
      return Cell.waiting("removed");
    }
    String kind = action.path("required").asBoolean() ? "required" : "optional";
    return action.path("paused").asBoolean() ? Cell.waiting(kind + ", paused") : Cell.of(kind);
  }

  private static boolean isAside(JsonNode answer, JsonNode action) {
    return answer.path("aside").findValuesAsText("name").contains(action.path("name").asText());
  }

  private static String override(JsonNode override, boolean isAside) {
    return override.isMissingNode()
        ? ""
        : Json.line(override.path("body"))
            + " by "
            + override.path("token").asText()
            + (isAside ? ", put aside" : "");
  }

  private static List<String> remarks(JsonNode answer) {
    List<String> remarks = new ArrayList<>();
    for (JsonNode action : answer.path("actions")) {
      for (JsonNode setting : action.path("shadowed")) {
        remarks.add(
            setting.path("place").asText()
                + " "
                + action.path("name").asText()
                + "."
                + setting.path("key").asText()
                + ": "
                + setting.path("value").asText()
                + " has no effect, an override says otherwise");
      }
    }
    answer
        .path("dormant")
        .forEach(
            name ->
                remarks.add("the override of " + name.asText() + " has no effect: no such action"));
    answer.path("aside").forEach(aside -> remarks.add(aside(aside)));
    answer
        .path("problems")
        .forEach(problem -> remarks.add("configuration not in force: " + problem.asText()));
    return remarks;
  }

  /** Also on the page of {@code usher status}. */
  static String aside(JsonNode aside) {
    return "the override of "
        + aside.path("name").asText()
        + " is put aside, as it does not fit actions.yaml: "
        + aside.path("why").asText()
        + "; edit the file, or take it back with: "
        + aside.path("mend").asText();
  }
}
