package dev.usher.subscription;

import dev.usher.settings.Settings;
import java.nio.file.Path;

/**
 * What can be set about subscriptions.
 *
 * @param file the lists; a relative one is under the process's data folder
 * @param list the one meant by {@code "subscribe": true}
 */
record SubscriptionSettings(Path file, String list) {

  private static final String SQLITE = "sqlite:";

  SubscriptionSettings {
    if (!Wish.isName(list)) {
      throw new IllegalArgumentException("list: \"" + list + "\" is no name of a list");
    }
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException saying which one can't be used
   */
  static SubscriptionSettings from(Settings settings) {
    return new SubscriptionSettings(file(settings.text("database.url")), settings.text("list"));
  }

  private static Path file(String url) {
    if (!url.startsWith(SQLITE) || url.length() == SQLITE.length()) {
      throw new IllegalArgumentException(
          "database.url: \"" + url + "\" is not supported; write sqlite:FILE");
    }
    return Path.of(url.substring(SQLITE.length()));
  }
}
