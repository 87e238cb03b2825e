package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher config check}: what a starting gateway would say of a configuration. */
@Command(
    name = "check",
    description =
        "Check a configuration without a gateway: every problem with file, line and column, else in"
            + " what order actions start and when each gives up. What was said over the actions is"
            + " checked too, where there is a journal in the data folder.")
final class ConfigCheckVerb implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Folder of gateway.yaml and actions.yaml (default: config).")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder of the gateway on this machine (default: data).")
  private Optional<Path> data = Optional.empty();

  @Mixin private final OutputOptions output = new OutputOptions();

  ConfigCheckVerb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Path config = config();
    try {
      Actions ofFile = surroundings.configCheck().check(config);
      ConfigCheck.AtStart atStart = atStart(config, ofFile);
      print(atStart.actions());
      warnOfNone(atStart.actions());
      sayOverridden(ofFile, atStart.actions());
      List<ConfigCheck.Aside> aside = atStart.aside();
      aside.forEach(one -> surroundings.console().say(Printable.of(words(one))));
      surroundings.configCheck().unreachable(config).forEach(this::warn);
      surroundings.console().say(config + ": " + count(aside.size()));
      return aside.isEmpty() ? Exit.OK.code() : Exit.FAILED.code();
    } catch (InvalidSettings e) {
      report(config, e.problems());
      return Exit.FAILED.code();
    }
  }

  private Path config() throws CommandFailed {
    Path config = folder.orElseGet(() -> surroundings.folders().find("config", "actions.yaml"));
    if (!Files.isDirectory(config)) {
      throw new CommandFailed(
          Exit.NOT_FOUND, "there is no folder " + config + "; name one with --config DIR");
    }
    return config;
  }

  private void print(Actions actions) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      actions.all().forEach(action -> console.print(Json.line(json(action))));
    } else if (!actions.all().isEmpty()) {
      table(actions).print(console);
    }
  }

  private void warnOfNone(Actions actions) {
    if (actions.all().isEmpty()) {
      surroundings
          .console()
          .say("warning: there is no action: signups would be accepted, and nothing delivered");
    }
  }

  private void report(Path config, List<Problem> problems) {
    Console console = surroundings.console();
    problems.forEach(problem -> console.say(Printable.of(problem.toString())));
    console.say(config + ": " + count(problems.size()));
  }

  /** No problem of the files: a name server may be away, or see another network than this one. */
  private void warn(ConfigCheck.Unreachable one) {
    surroundings
        .console()
        .say(Printable.of("warning: webhook of " + one.action() + ": " + one.why()));
  }

  private static String count(int problems) {
    return switch (problems) {
      case 0 -> "no problems";
      case 1 -> "1 problem";
      default -> problems + " problems";
    };
  }

  /** Who compares what is printed with the file is to know why they differ. */
  private void sayOverridden(Actions ofFile, Actions inForce) {
    String names =
        inForce.all().stream()
            .filter(action -> !ofFile.find(action.name()).equals(Optional.of(action)))
            .map(Action::name)
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      surroundings.console().say(Printable.of("not as the file but as overridden: " + names));
    }
  }

  /** A journal that others may not read is no fault of the files. */
  private ConfigCheck.AtStart atStart(Path config, Actions ofFile) throws InvalidSettings {
    Path folder = data.orElseGet(() -> surroundings.folders().find("data", "gateway/journal.db"));
    try {
      return surroundings.configCheck().atStart(config, folder);
    } catch (IOException e) {
      surroundings
          .console()
          .say("what was said over the actions is not checked: " + e.getMessage());
      return new ConfigCheck.AtStart(ofFile, List.of());
    }
  }

  private static String words(ConfigCheck.Aside one) {
    return "the override of "
        + one.action()
        + " does not fit and would be put aside: "
        + one.why()
        + "; edit the file, or take it back with: "
        + one.mend();
  }

  private static Table table(Actions actions) {
    Table table = new Table("ACTION", "REQUIRED", "ADDRESS", "STARTS", "WHEN IT KEEPS FAILING");
    for (Action action : actions.all()) {
      table.row(
          Cell.of(action.name()),
          Cell.of(action.required() ? "required" : "optional"),
          Cell.of(action.address()),
          Cell.of(starts(action)),
          Cell.of(GiveUp.of(action.retry()).toString()));
    }
    return table;
  }

  private static String starts(Action action) {
    if (action.delay().isZero()) {
      return action.after().map(name -> "after " + name).orElse("at once");
    }
    return Span.text(action.delay()) + " after " + action.after().orElse("acceptance");
  }

  private static ObjectNode json(Action action) {
    GiveUp giveUp = GiveUp.of(action.retry());
    ObjectNode json =
        Json.object()
            .put("name", action.name())
            .put("required", action.required())
            .put("address", action.address());
    action.after().ifPresent(name -> json.put("after", name));
    return json.put("delay", Span.text(action.delay()))
        .put("giveUpAfter", Span.text(giveUp.after()))
        .put("attempts", giveUp.attempts());
  }
}
