package dev.usher.gateway.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which dead letters are meant. */
final class DeadLetterFilterOptions {

  @Option(names = "--action", paramLabel = "NAME", description = "Only those of this action.")
  private Optional<String> action = Optional.empty();

  @Option(
      names = "--cause",
      paramLabel = "CAUSE",
      completionCandidates = Words.Causes.class,
      description =
          "Only those dead because: rejected, gave-up, outcome-unknown, after or corrupt.")
  private Optional<String> cause = Optional.empty();

  @Option(
      names = "--reason-class",
      paramLabel = "TEXT",
      description =
          "Only those of this reason class, as `dead-letters list --groups` shows it; any reason of"
              + " the class will do.")
  private Optional<String> reasonClass = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description =
          "Only those that died at or after this: 2026-01-31T12:00:00Z, or 2h for two hours ago.")
  private Optional<Moment> since = Optional.empty();

  /** What was given, by the name the gateway knows it by. */
  Map<String, String> given() throws CommandFailed {
    if (reasonClass.filter(String::isBlank).isPresent()) {
      throw new CommandFailed(
          Exit.USAGE,
          "--reason-class is empty; dead letters without a reason are of the class \"no reason\"");
    }
    Map<String, String> given = new LinkedHashMap<>();
    action.ifPresent(name -> given.put("action", name));
    cause.ifPresent(word -> given.put("cause", word));
    reasonClass.ifPresent(text -> given.put("reasonClass", text));
    since.ifPresent(time -> given.put("since", time.toString()));
    return given;
  }
}
