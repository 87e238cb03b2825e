package dev.usher.gateway.cli;

import picocli.CommandLine.Command;

/** {@code usher dead-letters}: what needs a person. */
@Command(
    name = "dead-letters",
    description = "Show deliveries that need a person, and decide about them.",
    synopsisSubcommandLabel = "COMMAND")
final class DeadLetters {}
