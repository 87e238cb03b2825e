package dev.usher.gateway.cli;

import picocli.CommandLine.Command;

/** {@code usher actions}: a group; picocli asks for one of its verbs where none is given. */
@Command(
    name = "actions",
    description = "Show the actions owed to signups, and change them while the gateway runs.",
    synopsisSubcommandLabel = "COMMAND")
final class ActionVerbs {}
