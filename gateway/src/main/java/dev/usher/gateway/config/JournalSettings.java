package dev.usher.gateway.config;

import dev.usher.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the journal is kept, and for how long.
 *
 * @param url {@code sqlite:} and a path
 * @param retention age at which a signup to which nothing is owed is removed; zero: never
 */
public record JournalSettings(String url, Duration retention) {

  private static final String SQLITE = "sqlite:";

  /** Checks that the journal is of a kind this gateway knows. */
  public JournalSettings {
    if (!url.startsWith(SQLITE)) {
      throw new IllegalArgumentException("a journal's URL begins with " + SQLITE);
    }
  }

  static JournalSettings from(Settings settings) {
    return new JournalSettings(
        settings.text("journal.url"), settings.duration("journal.retention"));
  }

  /** The journal's file; a relative path counts from the gateway's own folder. */
  public Path file(Path folder) {
    return folder.resolve(url.substring(SQLITE.length()));
  }
}
