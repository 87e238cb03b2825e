package dev.usher.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * How a process was started: the two options that every process takes.
 *
 * @param config folder of the configuration files
 * @param data folder under which each process keeps a folder of its own
 */
public record Launch(Path config, Path data) {

  /** What {@code --help} says of the options. */
  public static final String USAGE =
      """
        --config DIR   folder of the configuration files (default: config)
        --data DIR     folder for what the process keeps (default: data)
        --help         this text
      """;

  /**
   * Reads {@code --config DIR} and {@code --data DIR}.
   *
   * @throws IllegalArgumentException for anything else, saying what was allowed
   */
  public static Launch parse(List<String> arguments) {
    Path config = Path.of("config");
    Path data = Path.of("data");
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      switch (option) {
        case "--config" -> config = value(arguments, i);
        case "--data" -> data = value(arguments, i);
        default -> throw new IllegalArgumentException("unknown option " + option + "\n" + USAGE);
      }
    }
    return new Launch(config, data);
  }

  private static Path value(List<String> arguments, int option) {
    if (option + 1 >= arguments.size()) {
      throw new IllegalArgumentException(arguments.get(option) + " needs a folder\n" + USAGE);
    }
    return Path.of(arguments.get(option + 1));
  }
}
