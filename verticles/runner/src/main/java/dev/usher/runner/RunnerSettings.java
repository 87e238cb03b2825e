package dev.usher.runner;

import dev.usher.cluster.ClusterSettings;
import dev.usher.settings.Settings;
import java.nio.file.Path;

/**
 * What can be set about a runner.
 *
 * @param handlers the folder whose files it runs; a relative one is under its data folder
 * @param processes those that some handlers run in
 * @param cluster how it joins its cluster
 */
record RunnerSettings(Path handlers, ProcessSettings processes, ClusterSettings cluster) {

  static RunnerSettings from(Settings settings) {
    return new RunnerSettings(
        Path.of(settings.text("handlers.dir")),
        ProcessSettings.from(settings, ""),
        ClusterSettings.from(settings));
  }
}
