package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher actions require | optional | pause | resume | reset}: one change each. */
abstract class ActionsChange implements Callable<Integer> {

  private final Surroundings surroundings;
  private final String method;
  private final ObjectNode body;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "ACTION", description = "The action's name.")
  private String action = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit.")
  private Optional<String> reason = Optional.empty();

  ActionsChange(Surroundings surroundings, String method, ObjectNode body) {
    this.surroundings = surroundings;
    this.method = method;
    this.body = body;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    String path =
        new AdminPath("/admin/actions/" + ActionName.of(action)).with("reason", reason).toString();
    Answer answer = gateway.change(method, path, body);
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

  /** Owed to every signup. */
  @Command(name = "require", description = "Owe an action to every signup from now on.")
  static final class Require extends ActionsChange {
    Require(Surroundings surroundings) {
      super(surroundings, "PATCH", Json.object().put("required", true));
    }
  }

  /** Owed on demand. */
  @Command(name = "optional", description = "Owe an action only to signups with its key.")
  static final class OnDemand extends ActionsChange {
    OnDemand(Surroundings surroundings) {
      super(surroundings, "PATCH", Json.object().put("required", false));
    }
  }

  /** No attempts for now. */
  @Command(name = "pause", description = "Start no attempts of an action; what is owed waits.")
  static final class Pause extends ActionsChange {
    Pause(Surroundings surroundings) {
      super(surroundings, "PATCH", Json.object().put("paused", true));
    }
  }

  /** Attempts again. */
  @Command(name = "resume", description = "Go on with a paused action.")
  static final class Resume extends ActionsChange {
    Resume(Surroundings surroundings) {
      super(surroundings, "PATCH", Json.object().put("paused", false));
    }
  }

  /** As the file has it. */
  @Command(name = "reset", description = "Take back what was said over the file of an action.")
  static final class Reset extends ActionsChange {
    Reset(Surroundings surroundings) {
      super(surroundings, "DELETE", Json.object());
    }
  }
}
