package dev.usher.gateway.cli;

import picocli.CommandLine.Command;

/** {@code usher handlers}: a group; picocli asks for one of its verbs where none is given. */
@Command(
    name = "handlers",
    description = "Begin a handler; show the hot-deployed ones, and change what of them runs.",
    synopsisSubcommandLabel = "COMMAND")
final class Handlers {}
