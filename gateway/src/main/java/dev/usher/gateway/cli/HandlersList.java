package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usher handlers list}: what is hot-deployed, and where it serves. */
@Command(
    name = "list",
    description = {
      "List the hot-deployed handlers, a line for each version in force.",
      "SERVING counts the runners on which it serves, and all of them."
    })
final class HandlersList implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  HandlersList(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonNode deployed = options.open(surroundings).fetch("/admin/handlers").path("deployed");
    Console console = surroundings.console();
    if (output.isJson(console)) {
      deployed.forEach(version -> console.print(Json.line(version)));
    } else if (deployed.isEmpty()) {
      console.say(
          "nothing is hot-deployed: usher deploy FILE; handlers that run by themselves are in usher"
              + " status");
    } else {
      table(deployed).print(console);
      remarks(deployed).forEach(remark -> console.say(Printable.of(remark)));
    }
    return Exit.OK.code();
  }

  private static Table table(JsonNode deployed) {
    Table table =
        new Table("HANDLER", "VERSION", "STATE", "SHARE", "SERVING", "ADDRESS", "FILE", "BY");
    for (JsonNode version : deployed) {
      List<String> addresses = new ArrayList<>();
      version.path("addresses").forEach(address -> addresses.add(address.asText()));
      table.row(
          Cell.of(version.path("name").asText()),
          Cell.of(version.path("number").asLong()),
          state(version.path("state").asText()),
          Cell.of(version.path("share").asText() + " %"),
          serving(version),
          Cell.of(String.join(", ", addresses)),
          Cell.of(version.path("file").asText()),
          Cell.of(version.path("token").asText()));
    }
    return table;
  }

  private static Cell state(String state) {
    return state.equals("current") ? Cell.of(state) : Cell.state(state);
  }

  private static Cell serving(JsonNode version) {
    String text = version.path("serving").asText() + "/" + version.path("runners").asText();
    return version.path("serving").equals(version.path("runners"))
        ? Cell.of(text)
        : Cell.waiting(text);
  }

  private static List<String> remarks(JsonNode deployed) {
    List<String> remarks = new ArrayList<>();
    for (JsonNode version : deployed) {
      String which = version.path("name").asText() + " version " + version.path("number").asText();
      if (version.path("state").asText().equals("failed")) {
        remarks.add(which + " does not start: " + version.path("why").asText());
      } else if (version.path("runners").asInt() == 0) {
        remarks.add(which + " runs nowhere: no runner is there");
      }
    }
    return remarks;
  }
}
