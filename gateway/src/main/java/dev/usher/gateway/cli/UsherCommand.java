package dev.usher.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code usher}: the command line as a whole. */
@Command(
    name = "usher",
    mixinStandardHelpOptions = true,
    description = "Sends signups through a gateway and shows what goes on in it.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands (each answers --help):%n",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 ok       1 failed       2 usage      3 not found",
      "  4 refused  5 unreachable  6 timed out  7 partial",
      "",
      "Environment: USHER_URL and USHER_TOKEN (a gateway elsewhere), NO_COLOR"
    })
public final class UsherCommand {

  private UsherCommand() {}

  /** Does what the arguments say and answers the exit code. Nothing is thrown. */
  public static int run(Surroundings surroundings, String... arguments) {
    Console console = surroundings.console();
    CommandLine usher =
        tree(surroundings)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(console.out(), true, UTF_8))
            .setErr(new PrintWriter(console.err(), true, UTF_8))
            .setColorScheme(Help.defaultColorScheme(console.ansi()))
            .setParameterExceptionHandler((misuse, rest) -> misused(misuse, console))
            .setExecutionExceptionHandler((cause, command, result) -> ended(cause, console));
    int code = usher.execute(arguments);
    console.flush();
    return code;
  }

  private static CommandLine tree(Surroundings surroundings) {
    CommandLine signups =
        new CommandLine(new Signups())
            .addSubcommand(new SignupsSend(surroundings))
            .addSubcommand(new SignupsGet(surroundings))
            .addSubcommand(new SignupsImport(surroundings))
            .addSubcommand(new SignupsList(surroundings))
            .addSubcommand(new SignupsTrace(surroundings))
            .addSubcommand(new SignupsCancel(surroundings))
            .addSubcommand(new SignupsErase(surroundings))
            .addSubcommand(new SignupsWatch(surroundings));
    CommandLine config =
        new CommandLine(new Config())
            .addSubcommand(new ConfigCheckVerb(surroundings))
            .addSubcommand(new ConfigShow(surroundings))
            .addSubcommand(new ConfigDiff(surroundings));
    CommandLine deadLetters =
        new CommandLine(new DeadLetters())
            .addSubcommand(new DeadLettersList(surroundings))
            .addSubcommand(new DeadLettersShow(surroundings))
            .addSubcommand(new DeadLettersRepair.Redrive(surroundings))
            .addSubcommand(new DeadLettersRepair.Discard(surroundings))
            .addSubcommand(new DeadLettersRepair.MarkDone(surroundings));
    CommandLine journal =
        new CommandLine(new Journal())
            .addSubcommand(new JournalBackup(surroundings))
            .addSubcommand(new JournalRestoreVerb(surroundings))
            .addSubcommand(new JournalStatsVerb(surroundings));
    CommandLine usher =
        new CommandLine(new UsherCommand())
            .addSubcommand(signups)
            .addSubcommand(new Status(surroundings))
            .addSubcommand(actions(surroundings))
            .addSubcommand(new Top(surroundings))
            .addSubcommand(deadLetters)
            .addSubcommand(journal)
            .addSubcommand(config)
            .addSubcommand(new Audit(surroundings))
            .addSubcommand(new Doctor(surroundings))
            .addSubcommand(new Verify(surroundings))
            .addSubcommand(new Completion(surroundings));
    usher.getSubcommands().values().forEach(UsherCommand::addHelp);
    return usher;
  }

  private static CommandLine actions(Surroundings surroundings) {
    CommandLine actions =
        new CommandLine(new ActionVerbs()).addSubcommand(new ActionsList(surroundings));
    ActionsChange.addTo(actions, surroundings);
    return actions.addSubcommand(new ActionsBackfill(surroundings));
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
    command.getSubcommands().values().forEach(UsherCommand::addHelp);
  }

  private static int misused(ParameterException misuse, Console console) {
    console.say("usher: " + misuse.getMessage());
    if (misuse instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      console.say("did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?");
    }
    console.say("try: " + misuse.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return Exit.USAGE.code();
  }

  private static int ended(Exception cause, Console console) {
    if (cause instanceof CommandFailed failed) {
      console.say("usher: " + failed.getMessage());
      return failed.exit().code();
    }
    console.say("usher: this is a fault in usher itself: " + cause);
    return Exit.FAILED.code();
  }
}
