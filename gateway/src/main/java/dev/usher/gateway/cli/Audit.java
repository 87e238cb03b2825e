package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher audit}: who did what. */
@Command(name = "audit", description = "Show who did what, the latest first.")
final class Audit implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--token", paramLabel = "NAME", description = "Only with the token of this name.")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--verb",
      paramLabel = "VERB",
      description = "Only this, such as redrive, backfill or change-action.")
  private Optional<String> verb = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Only at or after this: 2026-01-31T12:00:00Z, or 2h for two hours ago.")
  private Optional<Moment> since = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "At most N entries (default: 100).")
  private int limit = 100;

  Audit(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    Console console = surroundings.console();
    Table table = new Table("AT", "TOKEN", "VERB", "DETAIL");
    Optional<String> next = Optional.of("");
    int left = limit;
    while (next.isPresent() && left > 0) {
      JsonNode page = gateway.fetch(path(next.get(), Math.min(left, 1_000)));
      for (JsonNode entry : page.path("entries")) {
        show(entry, table);
        left--;
      }
      next = Optional.ofNullable(page.path("next").textValue());
    }
    if (!table.isEmpty()) {
      table.print(console);
    }
    if (left == limit) {
      console.say("no entries match");
    }
    return Exit.OK.code();
  }

  private void show(JsonNode entry, Table table) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(entry));
    } else {
      table.row(
          Cell.of(entry.path("at").asText()),
          Cell.of(entry.path("token").asText()),
          Cell.of(entry.path("verb").asText()),
          Cell.of(entry.path("detail").asText()));
    }
  }

  private String path(String after, int size) {
    return new AdminPath("/admin/audit")
        .with("limit", String.valueOf(size))
        .with("token", token)
        .with("verb", verb)
        .with("since", since.map(Moment::toString))
        .with("after", after)
        .toString();
  }
}
