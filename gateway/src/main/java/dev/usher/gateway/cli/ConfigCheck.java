package dev.usher.gateway.cli;

import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.InvalidSettings;
import java.nio.file.Path;

/** Reads a configuration as a starting gateway would; handed in by the main class. */
@FunctionalInterface
public interface ConfigCheck {

  /**
   * The actions of the configuration in {@code folder}.
   *
   * @throws InvalidSettings naming every problem of every file
   */
  Actions check(Path folder) throws InvalidSettings;
}
