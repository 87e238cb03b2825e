package dev.usher.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.InvalidSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionsDiffTest {

  @Test
  void everyChangeIsALine() throws InvalidSettings {
    Actions old =
        actions(
            """
              subscribe: { address: signup.subscribe, timeout: 10s }
              tips: { address: signup.tips }
              mail: { address: signup.email, required: true }
            """);
    Actions now =
        actions(
            """
              mail: { address: signup.email, required: true }
              subscribe:
                required: true
                key: newsletter
                address: signup.list
                timeout: 5s
                retry: { first: 2s, factor: 1.5, max: 1h, giveUpAfter: 3d }
                concurrency: 64
                repeatable: false
              crm: { address: signup.crm, key: company }
              audit: { address: signup.audit, required: true }
            """);

    assertThat(ActionsDiff.between(old, now))
        .containsExactly(
            "~ subscribe: optional → required",
            "~ subscribe: key subscribe → newsletter",
            "~ subscribe: address signup.subscribe → signup.list",
            "~ subscribe: timeout 10s → 5s",
            "~ subscribe: retry.first 1s → 2s",
            "~ subscribe: retry.factor 2 → 1.5",
            "~ subscribe: retry.max 15m → 1h",
            "~ subscribe: retry.giveUpAfter 24h → 3d",
            "~ subscribe: concurrency 256 → 64",
            "~ subscribe: repeatable → not repeatable",
            "+ crm: optional (key company) at signup.crm",
            "+ audit: required at signup.audit",
            "- tips");
  }

  @Test
  void nothingChangedIsNoLine() throws InvalidSettings {
    Actions actions = actions("  mail: { address: signup.email }");

    assertThat(ActionsDiff.between(actions, actions)).isEmpty();
  }

  private static Actions actions(String below) throws InvalidSettings {
    return ActionsFile.parse(Path.of("actions.yaml"), "actions:\n" + below, Map.of());
  }
}
