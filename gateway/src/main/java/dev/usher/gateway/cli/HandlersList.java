package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usher handlers list}: what is hot-deployed, where it serves, and who serves besides. */
@Command(
    name = "list",
    description = {
      "List the handlers: the hot-deployed ones, a line for each version in force, and the others.",
      "SERVING counts the runners on which a version serves, and all of them; for what was not"
          + " deployed, instances that are up, and all of them. FROM: a file in a runner's folder,"
          + " or started by hand. ATTEMPTS, ERRORS and P99 are of the last five minutes."
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
    JsonNode answer = options.open(surroundings).fetch("/admin/handlers");
    List<RunningHandler> others = RunningHandler.all(answer.path("handlers"));
    if (output.isJson(surroundings.console())) {
      lines(answer, others);
    } else {
      tables(answer, others);
    }
    return Exit.OK.code();
  }

  private void lines(JsonNode answer, List<RunningHandler> others) {
    JsonNode versions = answer.path("versions");
    for (DeployedVersion version : DeployedVersion.all(answer.path("deployed"))) {
      print(version.json().deepCopy(), VersionFigures.of(version, versions));
    }
    for (RunningHandler other : others) {
      print(other.json(), VersionFigures.of(other, versions));
    }
  }

  private void print(ObjectNode line, VersionFigures figures) {
    figures.json().ifPresent(one -> line.set("figures", one));
    surroundings.console().print(Json.line(line));
  }

  private void tables(JsonNode answer, List<RunningHandler> others) {
    Console console = surroundings.console();
    JsonNode deployed = answer.path("deployed");
    if (deployed.isEmpty()) {
      console.say("nothing is hot-deployed: usher deploy FILE");
    } else {
      table(deployed, answer.path("versions")).print(console);
    }
    if (!others.isEmpty()) {
      if (!deployed.isEmpty()) {
        console.print("");
      }
      others(others, answer.path("versions")).print(console);
    }
    DeployedVersion.remarks(deployed).forEach(remark -> console.say(Printable.of(remark)));
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
      VersionFigures figures = VersionFigures.of(version, versions);
      table.row(
          Cell.of(version.name()),
          Cell.of(version.number()),
          version.state(),
          Cell.of(version.json().path("share").asText() + " %"),
          version.serving(),
          figures.attempts(),
          figures.errors(),
          figures.p99(),
          Cell.of(version.addresses()),
          Cell.of(version.json().path("file").asText()),
          Cell.of(version.json().path("token").asText()));
    }
    return table;
  }

  private static Table others(List<RunningHandler> others, JsonNode versions) {
    Table table =
        new Table(
            "NOT DEPLOYED",
            "VERSION",
            "FROM",
            "LANGUAGE",
            "SERVING",
            "ATTEMPTS",
            "ERRORS",
            "P99",
            "ADDRESS");
    for (RunningHandler other : others) {
      VersionFigures figures = VersionFigures.of(other, versions);
      table.row(
          Cell.of(other.name()),
          Cell.of(other.version()),
          Cell.of(other.origin()),
          Cell.of(other.language()),
          other.serving(),
          figures.attempts(),
          figures.errors(),
          figures.p99(),
          Cell.of(other.address()));
    }
    return table;
  }
}
