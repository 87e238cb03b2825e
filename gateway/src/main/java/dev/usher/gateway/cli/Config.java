package dev.usher.gateway.cli;

import picocli.CommandLine.Command;

/** {@code usher config}: a group; picocli asks for one of its verbs where none is given. */
@Command(
    name = "config",
    synopsisSubcommandLabel = "COMMAND",
    description = "Check a configuration, or show the one in force.")
final class Config {}
