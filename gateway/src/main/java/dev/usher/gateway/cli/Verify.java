package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher verify}: whether this very installation keeps the promise. */
@Command(
    name = "verify",
    description = {
      "Send marked signups through the gateway and count what arrives. No handler of yours hears of"
          + " them: this command joins the cluster and is their handler."
    },
    footer = {
      "",
      "With --disrupt it kills processes of this machine (kill -9), while signups are on their way:",
      "  usher verify --disrupt gateway                          something else starts it again",
      "  usher verify --disrupt 'gateway=java -jar usher-gateway.jar'",
      "  usher verify --disrupt '4711=systemctl start usher-email'",
      "Ends with 0 only where nothing was lost."
    })
final class Verify implements Callable<Integer> {

  /** A starting gateway asks who is there, and handlers say it every two seconds. */
  private static final Duration SEEN = Duration.ofSeconds(20);

  private final Surroundings surroundings;

  @Option(
      names = "--signups",
      paramLabel = "N",
      description = "How many signups to send (default: 1000).")
  private int signups = 1_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "When to kill, and how long attempts take, as in an earlier run.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--disrupt",
      paramLabel = "PROCESS[=COMMAND]",
      converter = Disruption.Reader.class,
      description = {
        "Kill this process meanwhile: gateway, or a process id. COMMAND starts it again, in the"
            + " background. May be given several times; they are killed one after the other."
      })
  private List<Disruption> disruptions = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = Span.class,
      description = "Longest wait for a killed process, and for the last signups (default: 2m).")
  private Duration timeout = Duration.ofMinutes(2);

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  Verify(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    if (signups < 1) {
      throw new CommandFailed(Exit.USAGE, "--signups must be at least 1");
    }
    Console console = surroundings.console();
    LastingGateway gateway = new LastingGateway(() -> options.open(surroundings), timeout);
    Killer killer = new Killer(gateway, console, log(), timeout);
    killer.check(disruptions);
    long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000));
    try (Loopback.Handler handler = join(gateway, chosen)) {
      awaitSeen(gateway, handler);
      VerifyRun run =
          new VerifyRun(gateway, handler, UUID.randomUUID().toString(), signups, timeout);
      console.say("sending " + signups + " signups; seed " + chosen);
      run.send(disruptions, killer, chosen);
      Verdict verdict = run.end(chosen);
      verdict.print(console, output.isJson(console));
      return verdict.exit().code();
    }
  }

  private Path log() {
    return options.data(surroundings).resolve("verify").resolve("restarted.log");
  }

  private Loopback.Handler join(LastingGateway gateway, long chosen) throws CommandFailed {
    JsonNode config = gateway.fetch(asked -> asked.get("/admin/config"));
    Map<String, String> cluster = new HashMap<>();
    for (JsonNode setting : config.path("values")) {
      cluster.put(setting.path("key").asText(), setting.path("value").asText());
    }
    try {
      return surroundings.loopback().join(cluster, chosen);
    } catch (Exception e) {
      throw new CommandFailed(
          Exit.UNREACHABLE, "can't join the gateway's cluster: " + e.getMessage());
    }
  }

  private static void awaitSeen(LastingGateway gateway, Loopback.Handler handler)
      throws CommandFailed {
    Pause pause = new Pause(SEEN);
    while (!isSeen(gateway, handler)) {
      if (!pause.take()) {
        throw new CommandFailed(
            Exit.UNREACHABLE,
            "the gateway does not see this command in its cluster; where it runs on another"
                + " machine, set USHER_CLUSTER_HOST and USHER_CLUSTER_MEMBERS");
      }
    }
  }

  private static boolean isSeen(LastingGateway gateway, Loopback.Handler handler)
      throws CommandFailed {
    JsonNode handlers = gateway.ask(asked -> asked.get("/admin/handlers")).body();
    return handlers.path("handlers").findValuesAsText("instance").contains(handler.instance());
  }
}
