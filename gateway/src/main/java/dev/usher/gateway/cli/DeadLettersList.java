package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usher dead-letters list}: every dead letter that the options let pass. */
@Command(name = "list", description = "List dead letters in order of acceptance.")
final class DeadLettersList implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Mixin private final DeadLetterFilterOptions filter = new DeadLetterFilterOptions();

  DeadLettersList(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    Console console = surroundings.console();
    Table table = new Table("DELIVERY", "CAUSE", "AT", "ATTEMPTS", "REASON");
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      JsonNode page = gateway.fetch(path(next.get()));
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
    return Exit.OK.code();
  }

  private String path(String after) {
    StringBuilder path = new StringBuilder("/admin/dead-letters?limit=1000");
    append(path, "after", after);
    filter.given().forEach((name, value) -> append(path, name, value));
    return path.toString();
  }

  private static void append(StringBuilder path, String name, String value) {
    if (!value.isEmpty()) {
      path.append('&').append(name).append('=');
      path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
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
