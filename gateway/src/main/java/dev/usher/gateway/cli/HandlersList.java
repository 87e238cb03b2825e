package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
            figures(new DeployedVersion(version).id(), answer.path("versions"))
                .ifPresent(one -> line.set("figures", one));
            console.print(Json.line(line));
          });
    } else if (deployed.isEmpty()) {
      console.say(
          "nothing is hot-deployed: usher deploy FILE; handlers that run by themselves are in usher"
              + " status");
    } else {
      table(deployed, answer.path("versions")).print(console);
      DeployedVersion.remarks(deployed).forEach(remark -> console.say(Printable.of(remark)));
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
    for (DeployedVersion version : DeployedVersion.all(deployed)) {
      JsonNode figures = figures(version.id(), versions).orElseGet(Json::object);
      table.row(
          Cell.of(version.name()),
          Cell.of(version.number()),
          version.state(),
          Cell.of(version.json().path("share").asText() + " %"),
          version.serving(),
          Cell.of(figures.path("attempts").asText()),
          Cell.of(percent(figures.path("errorRate"))),
          Cell.of(millis(figures.path("p99Ms"))),
          Cell.of(version.addresses()),
          Cell.of(version.json().path("file").asText()),
          Cell.of(version.json().path("token").asText()));
    }
    return table;
  }

  /** Of the last five minutes, as the gateway sees them. */
  private static Optional<JsonNode> figures(String id, JsonNode versions) {
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
}
