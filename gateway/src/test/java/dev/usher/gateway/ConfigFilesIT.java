package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.gateway.cli.ConfigCheck.Unreachable;
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

  @Test
  void webhooksThatCouldNotBeCalledAreNamed() throws Exception {
    write(
        "actions.yaml",
        """
        actions:
          crm: { webhook: "https://127.0.0.1/", secrets: [ %1$s ] }
          erp: { webhook: "http://8.8.8.8/", secrets: [ %1$s ] }
          mail: { address: signup.email }
          web: { webhook: "https://8.8.8.8/", secrets: [ %1$s ] }
        """
            .formatted("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    assertThat(files.unreachable(folder))
        .containsExactly(
            new Unreachable(
                "crm",
                "no connection to 127.0.0.1: its address 127.0.0.1 is not a public one; allow it"
                    + " with webhooks.allow-private"),
            new Unreachable(
                "erp",
                "no connection to 8.8.8.8: it would be sent unencrypted; write https://, or allow"
                    + " it with webhooks.allow-private"));
    write("gateway.yaml", "webhooks: { allow-private: true }\n");
    assertThat(files.unreachable(folder)).isEmpty();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
