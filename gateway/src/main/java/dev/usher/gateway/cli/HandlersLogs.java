package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher handlers logs}: what a hot-deployed handler logged, in every runner. */
@Command(
    name = "logs",
    description = "Show what a hot-deployed handler logged last, in every runner, by time.")
final class HandlersLogs implements Callable<Integer> {

  private static final int MOST = 1_000;
  private static final Duration AWAY = Duration.ofMinutes(1);

  private final Surroundings surroundings;

  @Parameters(paramLabel = "HANDLER", description = "The handler's name.")
  private String name = "";

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "How many lines, at most 1000 (default: 200).")
  private int lines = 200;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with new lines until Ctrl-C.")
  private boolean isFollowing;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  private final Set<String> silent = new HashSet<>();
  private Map<String, Integer> before = new HashMap<>();

  HandlersLogs(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    LastingGateway gateway = new LastingGateway(() -> options.open(surroundings), AWAY);
    String path = "/admin/handlers/" + HandlerName.of(name) + "/logs?lines=";
    if (!isFollowing) {
      show(ask(gateway, path + lines), lines);
      return Exit.OK.code();
    }
    show(ask(gateway, path + MOST), lines);
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      show(ask(gateway, path + MOST), MOST);
    }
  }

  private static JsonNode ask(LastingGateway gateway, String path) throws CommandFailed {
    return gateway.fetch(asked -> asked.get(path));
  }

  /** Shows what was not there before, at most so many lines. */
  private void show(JsonNode logs, int most) {
    Map<String, Integer> now = new HashMap<>();
    int left = logs.path("lines").size();
    for (JsonNode line : logs.path("lines")) {
      String text = Json.line(line);
      // The same twice is twice the same, not once.
      int times = now.merge(text, 1, Integer::sum);
      if (times > before.getOrDefault(text, 0) && left <= most) {
        print(line, text);
      }
      left--;
    }
    before = now;
    for (JsonNode runner : logs.path("silent")) {
      if (silent.add(runner.asText())) {
        surroundings.console().say("no answer from " + Printable.of(runner.asText()));
      }
    }
  }

  private void print(JsonNode line, String json) {
    Console console = surroundings.console();
    console.print(
        output.isJson(console)
            ? json
            : Printable.of(
                line.path("at").asText()
                    + "  "
                    + line.path("runner").asText()
                    + "  version "
                    + line.path("version").asText()
                    + "  "
                    + line.path("level").asText()
                    + "  "
                    + line.path("text").asText()));
  }
}
