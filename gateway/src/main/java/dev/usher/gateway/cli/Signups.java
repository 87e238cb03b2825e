package dev.usher.gateway.cli;

import picocli.CommandLine.Command;

/** {@code usher signups}: a group; picocli asks for one of its verbs where none is given. */
@Command(
    name = "signups",
    synopsisSubcommandLabel = "COMMAND",
    description = "Send signups and see what became of them.")
final class Signups {}
