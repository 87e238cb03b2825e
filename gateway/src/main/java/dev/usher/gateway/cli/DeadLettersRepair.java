package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher dead-letters redrive | discard | mark-done}: the same options, another deed. */
abstract class DeadLettersRepair implements Callable<Integer> {

  private final Surroundings surroundings;
  private final String verb;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "DELIVERY", description = "Delivery ids; without any, the options say.")
  private List<String> ids = List.of();

  @Mixin private final DeadLetterFilterOptions filter = new DeadLetterFilterOptions();

  @Option(names = "--dry-run", description = "Only say how many it would be.")
  private boolean isDryRun;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit.")
  private Optional<String> reason = Optional.empty();

  DeadLettersRepair(Surroundings surroundings, String verb) {
    this.surroundings = surroundings;
    this.verb = verb;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    Answer answer = gateway.post("/admin/dead-letters/" + verb, order());
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, gateway.endpoint());
    }
    tell(answer.body());
    return exit(answer.body()).code();
  }

  private ObjectNode order() {
    ObjectNode order = Json.object();
    if (!ids.isEmpty()) {
      ArrayNode named = order.putArray("ids");
      ids.forEach(named::add);
    }
    filter.given().forEach(order::put);
    reason.ifPresent(why -> order.put("reason", why));
    return order.put("dryRun", isDryRun);
  }

  private void tell(JsonNode report) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(report));
    } else {
      console.print(
          isDryRun
              ? report.path("matched").asText() + " dead letters match"
              : report.path("done").asText()
                  + " of "
                  + report.path("matched").asText()
                  + " dead letters: "
                  + verb);
    }
  }

  private Exit exit(JsonNode report) {
    long matched = report.path("matched").asLong();
    if (!ids.isEmpty() && matched == 0) {
      return Exit.NOT_FOUND;
    }
    boolean isPartial = !isDryRun && report.path("done").asLong() < matched;
    return isPartial || matched < ids.size() ? Exit.PARTIAL : Exit.OK;
  }

  /** Sends them round again. */
  @Command(name = "redrive", description = "Send dead letters round again; attempts start afresh.")
  static final class Redrive extends DeadLettersRepair {
    Redrive(Surroundings surroundings) {
      super(surroundings, "redrive");
    }
  }

  /** Gives them up. */
  @Command(name = "discard", description = "Give dead letters up: they are cancelled.")
  static final class Discard extends DeadLettersRepair {
    Discard(Surroundings surroundings) {
      super(surroundings, "discard");
    }
  }

  /** Says that they are done. */
  @Command(name = "mark-done", description = "Say that dead letters are done: they succeeded.")
  static final class MarkDone extends DeadLettersRepair {
    MarkDone(Surroundings surroundings) {
      super(surroundings, "mark-done");
    }
  }
}
