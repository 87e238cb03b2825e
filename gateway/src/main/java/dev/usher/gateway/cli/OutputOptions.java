package dev.usher.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a verb that prints data: how it is written. */
final class OutputOptions {

  /** How data is written. */
  enum Format {
    table,
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "How to print (default: table on a terminal, else JSON, one value a line).")
  private Optional<Format> format = Optional.empty();

  boolean isJson(Console console) {
    return format.map(chosen -> chosen == Format.json).orElse(!console.isTerminal());
  }
}
