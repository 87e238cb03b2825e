package dev.usher.runner;

import dev.usher.bridge.BridgeSettings;
import dev.usher.cluster.ClusterSettings;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import java.nio.file.Path;

/**
 * What can be set about a runner.
 *
 * @param handlers the folder whose files it runs; a relative one is under its data folder
 * @param processes those that some handlers run in
 * @param bridge where handlers that people run by hand join
 * @param cluster how it joins its cluster
 */
record RunnerSettings(
    Path handlers, ProcessSettings processes, BridgeSettings bridge, ClusterSettings cluster) {

  /**
   * Reads them.
   *
   * @param config folder of the configuration
   * @throws InvalidSettings when they don't go together
   */
  static RunnerSettings from(Settings settings, Path config) throws InvalidSettings {
    return new RunnerSettings(
        Path.of(settings.text("handlers.dir")),
        ProcessSettings.from(settings, ""),
        BridgeSettings.from(settings, config),
        ClusterSettings.from(settings));
  }
}
