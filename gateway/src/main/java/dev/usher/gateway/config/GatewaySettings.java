package dev.usher.gateway.config;

import dev.usher.bridge.BridgeSettings;
import dev.usher.cluster.ClusterSettings;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that is read once, at the gateway's start.
 *
 * @param artefactBytes longest file of a hot-deployed handler that is taken
 * @param isRunnerEmbedded whether the gateway runs hot-deployed handlers too
 * @param shutdownTimeout longest wait for attempts in flight before the gateway leaves
 */
public record GatewaySettings(
    HttpSettings http,
    AdminSettings admin,
    BridgeSettings bridge,
    JournalSettings journal,
    long artefactBytes,
    LimitSettings limits,
    WebhookSettings webhooks,
    DeliverySettings delivery,
    SignupSettings signup,
    boolean isRunnerEmbedded,
    Duration shutdownTimeout,
    ClusterSettings cluster) {

  /**
   * Reads {@code gateway.yaml}, which may be missing as may the whole folder, and the environment.
   *
   * @throws InvalidSettings naming every problem
   */
  public static GatewaySettings load(Path config, Map<String, String> environment)
      throws InvalidSettings {
    return from(Settings.load("gateway", config, environment), config);
  }

  /**
   * The same from settings already read, where the caller wants to list those too.
   *
   * @throws InvalidSettings when values don't go together
   */
  public static GatewaySettings from(Settings settings, Path config) throws InvalidSettings {
    return new GatewaySettings(
        HttpSettings.from(settings),
        AdminSettings.from(settings),
        BridgeSettings.from(settings, config),
        JournalSettings.from(settings),
        settings.bytes("artefacts.max-bytes"),
        LimitSettings.from(settings),
        WebhookSettings.from(settings),
        DeliverySettings.from(settings),
        SignupSettings.from(settings, config),
        settings.flag("runner.embedded"),
        settings.duration("shutdown.timeout"),
        ClusterSettings.from(settings));
  }
}
