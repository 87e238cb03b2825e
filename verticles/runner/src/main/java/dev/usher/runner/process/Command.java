package dev.usher.runner.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param words the program and its arguments; everybody on the machine can read them
 * @param environment all that it gets of one
 * @param folder where it starts
 */
public record Command(List<String> words, Map<String, String> environment, Path folder) {

  /** Keeps its own copies. */
  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Without the environment: there are secrets in it. */
  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
