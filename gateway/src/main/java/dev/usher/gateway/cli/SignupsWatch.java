package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code usher signups watch}: one signup until it is settled, or all of them. */
@Command(
    name = "watch",
    description =
        "Show each step of a signup until nothing of it is pending or running; without ID, what"
            + " happens to all signups (a sample, where that is more than 50 a second).",
    footer = {
      "",
      "With ID it asks the public port and ends with 0, whatever became of the signup;",
      "without, it asks the admin port, and Ctrl-C ends it."
    })
final class SignupsWatch implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "Id of the signup: signup_…")
  private Optional<String> id = Optional.empty();

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  SignupsWatch(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Console console = surroundings.console();
    boolean isJson = output.isJson(console);
    if (id.isPresent()) {
      one(id.get(), console, isJson);
    } else {
      all(console, isJson);
    }
    return Exit.OK.code();
  }

  private void one(String signup, Console console, boolean isJson) throws CommandFailed {
    Gateway gateway = options.openPublic(surroundings);
    try {
      new Following(gateway, SignupsGet.path(signup) + "/events", console)
          .each(
              event -> {
                console.print(isJson ? Json.line(event.data()) : receipt(event.data()));
                return !isSettled(event.data());
              });
    } catch (CommandFailed failure) {
      throw failure.exit() == Exit.NOT_FOUND ? SignupsGet.unknown(signup, gateway) : failure;
    }
  }

  private void all(Console console, boolean isJson) throws CommandFailed {
    new Following(options.open(surroundings), "/admin/events", console)
        .each(
            event -> {
              show(event, console, isJson);
              return true;
            });
  }

  private static void show(Events.Event event, Console console, boolean isJson) {
    if (event.name().equals("news") && event.data().has("signup")) {
      console.print(isJson ? Json.line(event.data()) : NewsLine.of(event.data()));
    } else if (event.name().equals("skipped")) {
      console.say(event.data().path("news").asLong() + " more, not shown");
    } else if (event.name().equals("reset") && !isJson) {
      console.say("watching; Ctrl-C ends it");
    }
  }

  private static boolean isSettled(JsonNode receipt) {
    for (JsonNode action : receipt.path("actions")) {
      String state = action.path("state").asText();
      if (state.equals("pending") || state.equals("running")) {
        return false;
      }
    }
    return true;
  }

  private static String receipt(JsonNode receipt) {
    List<String> actions = new ArrayList<>();
    for (var action : receipt.path("actions").properties()) {
      String reason = action.getValue().path("waitingFor").asText();
      actions.add(
          action.getKey()
              + " "
              + action.getValue().path("state").asText()
              + (reason.isEmpty() ? "" : " (" + reason + ")"));
    }
    return Printable.of(receipt.path("state").asText() + "  " + String.join(", ", actions));
  }
}
