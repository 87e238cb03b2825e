package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher actions require | optional | pause | resume | reset}: one change each. */
final class ActionsChange implements Callable<Integer> {

  /** One of the changes, by what it asks of the gateway. */
  private record Verb(String name, String description, String method, ObjectNode body) {}

  private static final List<Verb> VERBS =
      List.of(
          new Verb(
              "require",
              "Owe an action to every signup from now on.",
              "PATCH",
              Json.object().put("required", true)),
          new Verb(
              "optional",
              "Owe an action only to signups with its key.",
              "PATCH",
              Json.object().put("required", false)),
          new Verb(
              "pause",
              "Start no attempts of an action; what is owed waits.",
              "PATCH",
              Json.object().put("paused", true)),
          new Verb(
              "resume", "Go on with a paused action.", "PATCH", Json.object().put("paused", false)),
          new Verb(
              "reset",
              "Take back what was said over the file of an action.",
              "DELETE",
              Json.object()));

  private final Surroundings surroundings;
  private final Verb verb;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "ACTION", description = "The action's name.")
  private String action = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit.")
  private Optional<String> reason = Optional.empty();

  private ActionsChange(Surroundings surroundings, Verb verb) {
    this.surroundings = surroundings;
    this.verb = verb;
  }

  /** Adds a command for each change. */
  static void addTo(CommandLine group, Surroundings surroundings) {
    for (Verb verb : VERBS) {
      CommandLine command = new CommandLine(new ActionsChange(surroundings, verb));
      command.getCommandSpec().usageMessage().description(verb.description());
      group.addSubcommand(verb.name(), command);
    }
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    String path =
        new AdminPath("/admin/actions/" + ActionName.of(action)).with("reason", reason).toString();
    Answer answer = gateway.change(verb.method(), path, verb.body());
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, gateway.endpoint());
    }
    tell(answer.body());
    return Exit.OK.code();
  }

  private void tell(JsonNode answer) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(answer));
      return;
    }
    console.print(
        action
            + ": "
            + now(answer)
            + ", revision "
            + answer.path("revision").asText()
            + "; signups accepted before keep their plan, "
            + answer.path("openSignups").asText()
            + " of them are open");
  }

  private static String now(JsonNode answer) {
    if (!answer.path("configured").asBoolean()) {
      return "removed (" + answer.path("waiting").asText() + " deliveries wait for its return)";
    }
    String kind = setting(answer, "required").equals("true") ? "required" : "optional";
    return setting(answer, "paused").equals("true") ? kind + ", paused" : kind;
  }

  private static String setting(JsonNode answer, String key) {
    for (JsonNode setting : answer.path("settings")) {
      if (setting.path("key").asText().equals(key)) {
        return setting.path("value").asText();
      }
    }
    return "";
  }
}
