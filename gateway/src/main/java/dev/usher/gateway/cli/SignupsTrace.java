package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code usher signups trace}: what happened to a signup, for who is on call. */
@Command(
    name = "trace",
    description =
        "Show everything that happened to a signup: every attempt in order, and what people did to"
            + " it by its id.")
final class SignupsTrace implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "ID", description = "Id of the signup: signup_…")
  private String id = "";

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  SignupsTrace(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonNode signup = options.open(surroundings).fetch(AdminPath.signup(id).toString());
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(signup));
    } else {
      head(signup).print(console);
      console.print("");
      Timeline timeline = new Timeline();
      signup.path("deliveries").forEach(timeline::add);
      timeline.print(console);
      Table deeds = deeds(signup.path("deeds"));
      if (!deeds.isEmpty()) {
        console.print("");
        deeds.print(console);
      }
    }
    return Exit.OK.code();
  }

  /** What people did to it, by the audit. */
  private static Table deeds(JsonNode deeds) {
    Table table = new Table("AT", "BY", "DID", "TO");
    for (JsonNode deed : deeds) {
      table.row(
          Cell.of(deed.path("at").asText()),
          Cell.of(deed.path("token").asText()),
          Cell.of(deed.path("verb").asText()),
          Cell.of(deed.path("detail").asText()));
    }
    return table;
  }

  private static Table head(JsonNode signup) {
    Table head = new Table();
    head.row(Cell.of("signup"), Cell.of(signup.path("id").asText()));
    head.row(Cell.of("state"), Cell.state(signup.path("state").asText()));
    head.row(Cell.of("accepted"), Cell.of(signup.path("acceptedAt").asText()));
    head.row(
        Cell.of("payload"),
        Cell.of(signup.path("erased").asBoolean() ? "erased" : Json.line(signup.path("payload"))));
    return head;
  }
}
