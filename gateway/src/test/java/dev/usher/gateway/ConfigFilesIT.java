package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.gateway.pipeline.Action;
import dev.usher.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesIT {

  private static final String ACTIONS =
      """
      actions:
        welcome-email:
          required: true
          address: signup.email
      """;

  private final ConfigFiles files = new ConfigFiles(Map.of());

  @TempDir private Path folder;

  @Test
  void soundFilesGiveTheActions() throws Exception {
    write("actions.yaml", ACTIONS);
    write("gateway.yaml", "http:\n  port: 0\n");

    assertThat(files.check(folder).all()).extracting(Action::name).containsExactly("welcome-email");
  }

  @Test
  void problemsOfBothFilesAreFoundAtOnce() throws IOException {
    write("actions.yaml", ACTIONS.replace("required: true", "required: maybe"));
    write("gateway.yaml", "http:\n  port: many\n");

    assertThatThrownBy(() -> files.check(folder))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("gateway.yaml:2:")
        .hasMessageContaining("actions.yaml:3:");
  }

  @Test
  void soundActionsDoNotHideBrokenSettings() throws IOException {
    write("actions.yaml", ACTIONS);
    write("gateway.yaml", "http:\n  port: many\n");

    assertThatThrownBy(() -> files.check(folder)).isInstanceOf(InvalidSettings.class);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
