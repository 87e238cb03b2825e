package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usher handlers list}: what is hot-deployed, and where it serves. */
@Command(
    name = "list",
    description = {
      "List the hot-deployed handlers, a line for each version in force.",
      "SERVING counts the runners on which it serves, and all of them. ATTEMPTS, ERRORS and P99 are"
          + " of the last five minutes."
    })
final class HandlersList implements Callable<Integer> {

  private static final int PERCENT = 100;

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  HandlersList(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonNode answer = options.open(surroundings).fetch("/admin/handlers");
    JsonNode deployed = answer.path("deployed");
    Console console = surroundings.console();
    if (output.isJson(console)) {
      deployed.forEach(
          version -> {
            ObjectNode line = version.deepCopy();
            figures(version, answer.path("versions")).ifPresent(one -> line.set("figures", one));
            console.print(Json.line(line));
          });
    } else if (deployed.isEmpty()) {
      console.say(
          "nothing is hot-deployed: usher deploy FILE; handlers that run by themselves are in usher"
              + " status");
    } else {
      table(deployed, answer.path("versions")).print(console);
      remarks(deployed).forEach(remark -> console.say(Printable.of(remark)));
    }
    return Exit.OK.code();
  }

  private static Table table(JsonNode deployed, JsonNode versions) {
    Table table =
        new Table(
            "HANDLER",
            "VERSION",
            "STATE",
            "SHARE",
            "SERVING",
            "ATTEMPTS",
            "ERRORS",
            "P99",
            "ADDRESS",
            "FILE",
            "BY");
    for (JsonNode version : deployed) {
      JsonNode figures = figures(version, versions).orElseGet(Json::object);
      List<String> addresses = new ArrayList<>();
      version.path("addresses").forEach(address -> addresses.add(address.asText()));
      table.row(
          Cell.of(version.path("name").asText()),
          Cell.of(version.path("number").asLong()),
          state(version.path("state").asText()),
          Cell.of(version.path("share").asText() + " %"),
          serving(version),
          Cell.of(figures.path("attempts").asText()),
          Cell.of(percent(figures.path("errorRate"))),
          Cell.of(millis(figures.path("p99Ms"))),
          Cell.of(String.join(", ", addresses)),
          Cell.of(version.path("file").asText()),
          Cell.of(version.path("token").asText()));
    }
    return table;
  }

  /** Of the last five minutes, as the gateway sees them. */
  private static Optional<JsonNode> figures(JsonNode version, JsonNode versions) {
    String id = version.path("name").asText() + "#" + version.path("number").asText();
    for (JsonNode one : versions) {
      if (one.path("deployment").asText().equals(id)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private static String percent(JsonNode rate) {
    return rate.isMissingNode()
        ? ""
        : String.format(Locale.ROOT, "%.1f %%", rate.asDouble() * PERCENT);
  }

  private static String millis(JsonNode time) {
    return time.isMissingNode() ? "" : String.format(Locale.ROOT, "%.1f ms", time.asDouble());
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
