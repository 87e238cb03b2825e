package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsJsonIT {

  @TempDir private Path folder;

  @Test
  void everySettingNamesItsOriginAndSecretsAreMasked() throws Exception {
    Files.writeString(
        folder.resolve("gateway.yaml"),
        "http:\n  port: 0\nadmin:\n  token: correct-horse-battery\n");
    JsonNode values =
        SettingsJson.of(Settings.load("gateway", folder, Map.of("USHER_ADMIN_PORT", "0")));

    assertThat(origin(values, "http.port")).isEqualTo("file");
    assertThat(origin(values, "admin.port")).isEqualTo("environment");
    assertThat(origin(values, "http.host")).isEqualTo("default");
    assertThat(values.toString()).contains("admin.token").doesNotContain("horse");
  }

  private static String origin(JsonNode values, String key) {
    return StreamSupport.stream(values.spliterator(), false)
        .filter(value -> value.path("key").asText().equals(key))
        .map(value -> value.path("origin").asText())
        .findFirst()
        .orElse("");
  }
}
