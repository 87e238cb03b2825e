package dev.usher.runner;

import dev.usher.cluster.DataFolder;
import dev.usher.cluster.Launch;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a runner stands on.
 *
 * @param launch where the settings and the folders of the handlers are
 * @param environment variables that win over the settings
 * @param settings its own
 * @param folder where it keeps its own things; the lock ends with the process, or with {@link
 *     DataFolder#close}
 */
record Ground(
    Launch launch, Map<String, String> environment, RunnerSettings settings, DataFolder folder) {

  /** Of its settings and its data folder. */
  static final String NAME = "runner";

  /** A setting of the gateway, which looks like one of the runner's. */
  private static final String EMBEDDED = "USHER_RUNNER_EMBEDDED";

  /**
   * Reads the settings and locks the folder.
   *
   * @throws InvalidSettings naming every problem
   * @throws IOException when the folder can't be used
   */
  static Ground of(Launch launch, Map<String, String> environment)
      throws InvalidSettings, IOException {
    Map<String, String> own = new TreeMap<>(environment);
    own.remove(EMBEDDED);
    RunnerSettings settings =
        RunnerSettings.from(Settings.load(NAME, launch.config(), own), launch.config());
    return new Ground(launch, own, settings, DataFolder.lock(launch.data(), NAME));
  }

  /** The folder whose files are deployed; made where it is missing. */
  Path handlers() throws IOException {
    return Files.createDirectories(folder.path().resolve(settings.handlers()));
  }
}
