package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher doctor}: what is wrong on this machine, and how to mend it. */
@Command(
    name = "doctor",
    description = {
      "Look for what is wrong on this machine and say how to mend it. Ends with 1 where something"
          + " fails."
    })
final class Doctor implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Folder of gateway.yaml and actions.yaml (default: config).")
  private Optional<Path> folder = Optional.empty();

  Doctor(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path config = folder.orElseGet(() -> surroundings.folders().find("config", "actions.yaml"));
    List<Finding> findings = new ArrayList<>();
    Optional<JsonNode> health = gateway(findings);
    Path data = options.data(surroundings);
    findings.add(0, Machine.java());
    findings.addAll(1, Machine.dataFolder(data));
    List<Setting> settings = configuration(config, findings);
    if (health.isEmpty()) {
      findings.addAll(Machine.ports(settings));
      overrides(config, data, findings);
    }
    artefacts(config, data, findings);
    findings.addAll(Machine.members(settings));
    print(findings);
    return findings.stream().anyMatch(Finding::isFailure) ? Exit.FAILED.code() : Exit.OK.code();
  }

  private List<Setting> configuration(Path config, List<Finding> findings) {
    try {
      var unused = surroundings.configCheck().check(config);
      findings.add(Finding.ok("configuration", config + " has no faults"));
      surroundings.configCheck().unreachable(config).stream()
          .map(Doctor::webhook)
          .forEach(findings::add);
      return surroundings.configCheck().values(config);
    } catch (InvalidSettings e) {
      e.problems()
          .forEach(
              problem ->
                  findings.add(
                      Finding.fail(
                          "configuration",
                          problem.toString(),
                          "edit it, then: usher config check --config " + config)));
      return List.of();
    }
  }

  /** What a start would put aside; a running gateway says it itself. */
  private void overrides(Path config, Path data, List<Finding> findings) {
    try {
      surroundings.configCheck().atStart(config, data).aside().stream()
          .map(one -> override(one.action()))
          .forEach(findings::add);
    } catch (InvalidSettings told) {
      // Where the configuration was looked at.
    } catch (IOException e) {
      findings.add(
          Finding.fail(
              "journal",
              String.valueOf(e.getMessage()),
              "run this as the user who runs the gateway"));
    }
  }

  /**
   * Whether a gateway runs or not: it has what it was given, but a new runner has to ask for it.
   */
  private void artefacts(Path config, Path data, List<Finding> findings) {
    try {
      surroundings.configCheck().fileless(config, data).stream()
          .map(Doctor::artefact)
          .forEach(findings::add);
    } catch (InvalidSettings | IOException told) {
      // Where the configuration and the journal were looked at.
    }
  }

  private static Finding artefact(ConfigCheck.Fileless one) {
    return one.isInForce()
        ? Finding.fail(
            "artefact",
            one.file() + " of " + one.version() + " is missing: a new runner can't run it",
            "usher deploy "
                + one.file()
                + ", or put the backup's .artefacts folder into"
                + " data/gateway/artefacts")
        : Finding.warn(
            "artefact",
            one.file() + " of " + one.version() + " is missing: no rollback to it",
            "put the backup's .artefacts folder into data/gateway/artefacts, or leave it");
  }

  private static Finding webhook(ConfigCheck.Unreachable one) {
    return Finding.warn(
        "webhook",
        "of " + one.action() + ": " + one.why(),
        "mend its URL in actions.yaml, or the name");
  }

  private static Finding override(String action) {
    return Finding.warn(
        "override",
        "the one of " + action + " does not fit actions.yaml and is put aside",
        "edit the file, or: usher actions reset " + action);
  }

  private Optional<JsonNode> gateway(List<Finding> findings) {
    try {
      Gateway gateway = options.open(surroundings);
      Answer answer = gateway.get("/health/ready");
      String where = gateway.endpoint().base().toString();
      findings.add(
          answer.isSuccess()
              ? Finding.ok("gateway", "ready at " + where)
              : Finding.fail("gateway", where + " is not ready", "usher status"));
      health(answer.body(), findings);
      token(gateway, findings);
      return Optional.of(answer.body());
    } catch (CommandFailed e) {
      String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
      findings.add(
          Finding.fail("gateway", lines[0], lines.length > 1 ? lines[1] : Endpoint.HOW_TO_START));
      return Optional.empty();
    }
  }

  private static Finding journal(String health) {
    return switch (health) {
      case "up" -> Finding.ok("journal", "takes writes");
      case "gone" ->
          Finding.fail(
              "journal",
              "its file was deleted or replaced while the gateway ran",
              "stop the gateway, put the file back (usher journal restore), start again");
      default ->
          Finding.fail(
              "journal", "can't be written", "look into the gateway's log; df -h shows disks");
    };
  }

  private static void health(JsonNode health, List<Finding> findings) {
    findings.add(journal(health.path("journal").asText()));
    JsonNode cluster = health.path("cluster");
    findings.add(
        Finding.ok(
            "cluster",
            cluster.path("name").asText() + ", members: " + cluster.path("members").asText()));
    if (health.path("config").asText().equals("rejected")) {
      findings.add(
          Finding.warn("actions.yaml", "as it stands is not in force", "usher config check"));
    }
    for (JsonNode action : health.path("overridesAside")) {
      findings.add(override(action.asText()));
    }
    for (JsonNode action : health.path("withoutHandler")) {
      findings.add(
          Finding.warn(
              "handlers",
              "nobody performs " + action.asText() + "; what is owed waits",
              "start its handler with the same USHER_CLUSTER_NAME; usher status shows who is"
                  + " there"));
    }
  }

  private static void token(Gateway gateway, List<Finding> findings) throws CommandFailed {
    int status = gateway.get("/admin/totals").status();
    findings.add(
        status == 200
            ? Finding.ok("token", "the gateway takes it")
            : Finding.fail(
                "token",
                "the gateway answers " + status + " to it",
                "set USHER_TOKEN or --token-file, or run this as the user who runs the gateway"));
  }

  private void print(List<Finding> findings) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      findings.forEach(finding -> console.print(Json.line(finding.json())));
      return;
    }
    Table table = new Table();
    for (Finding finding : findings) {
      table.row(
          verdict(finding.verdict()),
          Cell.of(finding.what()),
          Cell.of(finding.detail()),
          Cell.of(finding.mend().isEmpty() ? "" : "→ " + finding.mend()));
    }
    table.print(console);
  }

  private static Cell verdict(Finding.Verdict verdict) {
    Style colour =
        switch (verdict) {
          case OK -> Style.fg_green;
          case WARN -> Style.fg_yellow;
          case FAIL -> Style.fg_red;
        };
    return new Cell(verdict.word(), List.of(colour));
  }
}
