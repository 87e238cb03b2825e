package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher dead-letters list}: every dead letter that the options let pass. */
@Command(
    name = "list",
    description = "List dead letters in order of acceptance, or count them by reason.")
final class DeadLettersList implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Mixin private final DeadLetterFilterOptions filter = new DeadLetterFilterOptions();

  @Option(
      names = "--groups",
      description = "Only count them, by action, cause and reason class; the largest group first.")
  private boolean isGrouped;

  DeadLettersList(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    Map<String, String> given = filter.given();
    if (isGrouped) {
      new DeadLetterCounts(gateway.fetch(path(given, "1", "")).path("groups"))
          .print(surroundings.console(), output.isJson(surroundings.console()));
    } else {
      list(gateway, given);
    }
    return Exit.OK.code();
  }

  private void list(Gateway gateway, Map<String, String> given) throws CommandFailed {
    Console console = surroundings.console();
    Table table = new Table("DELIVERY", "CAUSE", "AT", "ATTEMPTS", "REASON");
    Optional<String> next = Optional.of("");
    boolean isEmpty = true;
    while (next.isPresent()) {
      JsonNode page = gateway.fetch(path(given, "1000", next.get()));
      isEmpty &= page.path("deadLetters").isEmpty();
      for (JsonNode letter : page.path("deadLetters")) {
        if (output.isJson(console)) {
          console.print(Json.line(letter));
        } else {
          table.row(row(letter));
        }
      }
      next = Optional.ofNullable(page.path("next").textValue());
    }
    if (!table.isEmpty()) {
      table.print(console);
    }
    if (isEmpty) {
      console.say(DeadLetterCounts.NONE);
    }
  }

  private static String path(Map<String, String> given, String limit, String after) {
    return new AdminPath("/admin/dead-letters")
        .with("limit", limit)
        .with("after", after)
        .with(given)
        .toString();
  }

  private static Cell[] row(JsonNode letter) {
    return new Cell[] {
      Cell.of(letter.path("id").asText()),
      Cell.of(letter.path("cause").asText()),
      Cell.of(letter.path("at").asText()),
      Cell.of(letter.path("attempts").asText()),
      Cell.of(letter.path("reason").asText())
    };
  }
}
