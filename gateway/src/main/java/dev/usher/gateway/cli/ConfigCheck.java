package dev.usher.gateway.cli;

import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Setting;
import java.nio.file.Path;
import java.util.List;

/** Reads a configuration as a starting gateway would; handed in by the main class. */
@FunctionalInterface
public interface ConfigCheck {

  /**
   * The actions of the configuration in {@code folder}.
   *
   * @throws InvalidSettings naming every problem of every file
   */
  Actions check(Path folder) throws InvalidSettings;

  /**
   * Every setting of the configuration in {@code folder} and of its actions; secrets masked.
   *
   * @throws InvalidSettings naming every problem of the first faulty file
   */
  default List<Setting> values(Path folder) throws InvalidSettings {
    return List.of();
  }
}
