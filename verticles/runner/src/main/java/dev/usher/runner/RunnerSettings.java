package dev.usher.runner;

import dev.usher.cluster.ClusterSettings;
import dev.usher.settings.Settings;
import java.nio.file.Path;

/**
 * What can be set about a runner.
 *
 * @param handlers the folder whose files it runs; a relative one is under its data folder
 * @param cluster how it joins its cluster
 */
record RunnerSettings(Path handlers, ClusterSettings cluster) {

  static RunnerSettings from(Settings settings) {
    return new RunnerSettings(
        Path.of(settings.text("handlers.dir")), ClusterSettings.from(settings));
  }
}
