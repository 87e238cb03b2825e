package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usher journal stats}: the journal's file in numbers. */
@Command(name = "stats", description = "Show the size of the journal and what it holds.")
final class JournalStatsVerb implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  JournalStatsVerb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonNode stats = options.open(surroundings).fetch("/admin/journal");
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(stats));
    } else {
      table(stats).print(console);
    }
    return Exit.OK.code();
  }

  private static Table table(JsonNode stats) {
    Table table = new Table();
    row(table, "file", stats.path("file").asText());
    row(table, "schema", stats.path("schema").asText());
    row(table, "size", stats.path("bytes").asText() + " bytes");
    row(table, "of it free", stats.path("freeBytes").asText() + " bytes");
    row(table, "log", stats.path("logBytes").asText() + " bytes");
    row(table, "signups accepted", stats.path("signups").asText());
    row(table, "deliveries planned", stats.path("deliveries").asText());
    row(table, "deliveries open", stats.path("openDeliveries").asText());
    row(table, "superseded attempts", stats.path("supersededAttempts").asText());
    row(table, "audit entries", stats.path("audits").asText());
    JsonNode oldest = stats.path("oldestOpen");
    row(
        table,
        "oldest open",
        oldest.isObject()
            ? oldest.path("acceptedAt").asText() + "  " + oldest.path("id").asText()
            : "none");
    return table;
  }

  private static void row(Table table, String name, String value) {
    table.row(Cell.of(name), Cell.of(value));
  }
}
