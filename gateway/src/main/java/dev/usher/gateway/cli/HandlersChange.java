package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code usher handlers promote | rollback | undeploy}: one change each. */
final class HandlersChange implements Callable<Integer> {

  /** One of the changes, by what it asks of the gateway. */
  private record Verb(String name, String description, String method, String path) {}

  private static final List<Verb> VERBS =
      List.of(
          new Verb(
              "promote",
              "Have the canary take the place of the current version.",
              "POST",
              "/promote"),
          new Verb(
              "rollback",
              "Take back the version that is tried, or else return to the one before.",
              "POST",
              "/rollback"),
          new Verb("undeploy", "Drain a handler and take it away everywhere.", "DELETE", ""));

  private final Surroundings surroundings;
  private final Verb verb;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "HANDLER", description = "The handler's name.")
  private String name = "";

  private HandlersChange(Surroundings surroundings, Verb verb) {
    this.surroundings = surroundings;
    this.verb = verb;
  }

  /** Adds a command for each change. */
  static void addTo(CommandLine group, Surroundings surroundings) {
    for (Verb verb : VERBS) {
      CommandLine command = new CommandLine(new HandlersChange(surroundings, verb));
      command.getCommandSpec().usageMessage().description(verb.description());
      group.addSubcommand(verb.name(), command);
    }
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    String path = "/admin/handlers/" + HandlerName.of(name) + verb.path();
    Answer answer = gateway.change(verb.method(), path, Json.object());
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, gateway.endpoint());
    }
    Console console = surroundings.console();
    console.print(output.isJson(console) ? Json.line(answer.body()) : words(answer.body()));
    return Exit.OK.code();
  }

  private String words(JsonNode handler) {
    List<String> inForce = new ArrayList<>();
    for (JsonNode version : handler.path("versions")) {
      String words = inForce(version);
      if (!words.isEmpty()) {
        inForce.add(words);
      }
    }
    return name
        + ": "
        + (inForce.isEmpty()
            ? "undeployed; what it is doing is finished first"
            : String.join(", ", inForce) + "; usher handlers list shows the runners");
  }

  private static String inForce(JsonNode version) {
    String which = "version " + version.path("number").asText();
    return switch (version.path("state").asText()) {
      case "current" -> which + " is current";
      case "canary" -> which + " is the canary";
      case "next" -> which + " is tried";
      default -> "";
    };
  }
}
