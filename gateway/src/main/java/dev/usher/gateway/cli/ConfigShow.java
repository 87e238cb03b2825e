package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usher config show}: the settings a running gateway uses, and where each comes from. */
@Command(
    name = "show",
    description = "Show the settings that a running gateway uses, and where each comes from.")
final class ConfigShow implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  ConfigShow(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonNode values = options.open(surroundings).fetch("/admin/config").path("values");
    Console console = surroundings.console();
    if (output.isJson(console)) {
      values.forEach(value -> console.print(Json.line(value)));
    } else {
      table(values).print(console);
    }
    return Exit.OK.code();
  }

  private static Table table(JsonNode values) {
    Table table = new Table("KEY", "VALUE", "ORIGIN");
    values.forEach(
        value ->
            table.row(
                Cell.of(value.path("key").asText()),
                Cell.of(value.path("value").asText()),
                Cell.of(value.path("origin").asText())));
    return table;
  }
}
