package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code usher dead-letters show}: what happened to one delivery. */
@Command(name = "show", description = "Show a delivery with every attempt.")
final class DeadLettersShow implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "DELIVERY", description = "Delivery id: signup_….ACTION")
  private String id = "";

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  DeadLettersShow(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    int dot = id.indexOf('.');
    if (dot < 1) {
      throw new CommandFailed(
          Exit.USAGE, Printable.of(id) + " is no delivery id; write signup_….ACTION");
    }
    JsonNode signup = gateway.fetch(AdminPath.signup(id.substring(0, dot)).toString());
    JsonNode delivery =
        find(signup)
            .orElseThrow(
                () ->
                    new CommandFailed(
                        Exit.NOT_FOUND, "the signup owes no such action: " + Printable.of(id)));
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(delivery));
    } else {
      Timeline timeline = new Timeline();
      timeline.add(delivery);
      timeline.print(console);
    }
    return Exit.OK.code();
  }

  private Optional<JsonNode> find(JsonNode signup) {
    return StreamSupport.stream(signup.path("deliveries").spliterator(), false)
        .filter(delivery -> delivery.path("id").asText().equals(id))
        .findFirst();
  }
}
