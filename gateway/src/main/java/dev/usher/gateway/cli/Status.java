package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usher status}: the whole gateway on one page. */
@Command(
    name = "status",
    description =
        "Show the gateway on one page: signups, actions and what waits for what, handlers,"
            + " addresses nobody uses.")
final class Status implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  Status(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonNode status = ask(options.open(surroundings));
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(status));
    } else {
      new StatusPage(status).print(console);
    }
    return Exit.OK.code();
  }

  private static JsonNode ask(Gateway gateway) throws CommandFailed {
    ObjectNode status = Json.object().put("url", gateway.endpoint().base().toString());
    status.set("health", health(gateway));
    status.set("totals", gateway.fetch("/admin/totals"));
    copy(gateway.fetch("/admin/actions"), status);
    copy(gateway.fetch("/admin/handlers"), status);
    return status;
  }

  /** A gateway that is not ready says so with 503, and still says why. */
  private static JsonNode health(Gateway gateway) throws CommandFailed {
    Answer answer = gateway.get("/health/ready");
    boolean isHealth = answer.body().has("status") && !answer.body().path("status").isNumber();
    if (answer.isSuccess() || isHealth) {
      return answer.body();
    }
    throw Refusal.of(answer, gateway.endpoint());
  }

  private static void copy(JsonNode from, ObjectNode to) {
    from.fields().forEachRemaining(field -> to.set(field.getKey(), field.getValue()));
  }
}
