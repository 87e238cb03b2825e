package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher signups cancel}: nothing more is done for a signup, or for one action of it. */
@Command(
    name = "cancel",
    description = {
      "Cancel what is still owed to a signup.",
      "An attempt that runs ends as it ends; no other follows it. Dead letters stay."
    })
final class SignupsCancel implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "ID", description = "Id of the signup: signup_…")
  private String id = "";

  @Option(names = "--action", paramLabel = "NAME", description = "Only this action.")
  private Optional<String> action = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit.")
  private Optional<String> reason = Optional.empty();

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  SignupsCancel(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    ObjectNode order = Json.object();
    reason.ifPresent(why -> order.put("reason", why));
    String path = AdminPath.signup(id).then("/cancel").with("action", action.orElse("")).toString();
    Answer answer = gateway.post(path, order);
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, gateway.endpoint());
    }
    tell(answer.body());
    boolean isPartial = left(answer.body()) > 0;
    return (isPartial ? Exit.PARTIAL : Exit.OK).code();
  }

  private void tell(JsonNode report) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(report));
      return;
    }
    console.print(
        report.path("done").asText()
            + " of "
            + report.path("matched").asText()
            + " open deliveries cancelled");
    if (left(report) > 0) {
      console.say(left(report) + " running: no attempt follows the one under way");
    }
    console.print("");
    new Receipt(report.path("signup")).print(console, false);
  }

  private static long left(JsonNode report) {
    return report.path("matched").asLong() - report.path("done").asLong();
  }
}
