package dev.usher.gateway.cli;

import picocli.CommandLine.Command;

/** {@code usher journal}: a group; picocli asks for one of its verbs where none is given. */
@Command(
    name = "journal",
    synopsisSubcommandLabel = "COMMAND",
    description = "Back the journal up, restore it, show its numbers.")
final class Journal {}
