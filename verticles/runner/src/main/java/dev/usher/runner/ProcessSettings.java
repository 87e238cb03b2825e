package dev.usher.runner;

import dev.usher.settings.Settings;

/**
 * What can be set about the processes that handlers run in.
 *
 * @param python the program that runs Python files
 * @param node the program that runs JavaScript files
 * @param memory bytes that each may take
 */
public record ProcessSettings(String python, String node, long memory) {

  /**
   * Reads them.
   *
   * @param parent the key that they are below, with a dot behind it; empty for none
   */
  public static ProcessSettings from(Settings settings, String parent) {
    return new ProcessSettings(
        settings.text(parent + "python"),
        settings.text(parent + "node"),
        settings.bytes(parent + "memory"));
  }
}
