package dev.usher.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriptionSettingsIT {

  private static final SubscriptionSettings DEFAULTS =
      new SubscriptionSettings(Path.of("list.db"), "news");

  @TempDir private Path empty;

  @Test
  void nothingNeedsToBeSet() throws Exception {
    assertThat(from(empty, Map.of())).isEqualTo(DEFAULTS);
  }

  @Test
  void theShippedFileShowsTheDefaults() throws Exception {
    assertThat(from(Path.of("../../config"), Map.of())).isEqualTo(DEFAULTS);
  }

  @Test
  void everyKeyCanBeSet() throws Exception {
    assertThat(
            from(
                empty,
                Map.of(
                    "USHER_SUBSCRIPTION_PROVIDER", "builtin",
                    "USHER_SUBSCRIPTION_DATABASE_URL", "sqlite:/var/lists.db",
                    "USHER_SUBSCRIPTION_LIST", "tips")))
        .isEqualTo(new SubscriptionSettings(Path.of("/var/lists.db"), "tips"));
  }

  @Test
  void anotherDatabaseOrProviderIsNamed() {
    assertThatThrownBy(
            () ->
                from(
                    empty,
                    Map.of(
                        "USHER_SUBSCRIPTION_DATABASE_URL", "mysql://x",
                        "USHER_SUBSCRIPTION_PROVIDER", "mailman")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("USHER_SUBSCRIPTION_DATABASE_URL")
        .hasMessageContaining("USHER_SUBSCRIPTION_PROVIDER");
  }

  private static SubscriptionSettings from(Path config, Map<String, String> environment)
      throws InvalidSettings {
    return SubscriptionSettings.from(Settings.load("subscription", config, environment));
  }
}
