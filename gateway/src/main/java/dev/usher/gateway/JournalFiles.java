package dev.usher.gateway;

import dev.usher.cluster.DataFolder;
import dev.usher.gateway.cli.JournalRestore;
import dev.usher.gateway.config.GatewaySettings;
import dev.usher.gateway.journal.Restore;
import dev.usher.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Restores the journal of a gateway that does not run.
 *
 * @param environment what overrides {@code gateway.yaml}
 */
record JournalFiles(Map<String, String> environment) implements JournalRestore {

  @Override
  public Restored restore(Path config, Path data, Path backup) throws InvalidSettings, IOException {
    GatewaySettings settings = GatewaySettings.load(config, environment);
    try (DataFolder folder = DataFolder.lock(data, "gateway")) {
      Path journal = settings.journal().file(folder.path());
      Restore.Report report = Restore.of(backup, journal, Clock.systemUTC().instant());
      boolean hasKey = Files.exists(folder.path().resolve("journal.key"));
      HandlerFiles files = HandlerFiles.restoredTo(folder.path(), report.journal(), backup);
      return new Restored(
          report.journal(),
          report.aside(),
          report.signups(),
          report.newest(),
          hasKey,
          files.missing());
    }
  }
}
