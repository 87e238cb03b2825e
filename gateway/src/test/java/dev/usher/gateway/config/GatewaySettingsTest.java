package dev.usher.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.usher.bridge.BridgeSettings;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.PortRange;
import dev.usher.gateway.pipeline.Rate;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewaySettingsTest {

  private static final Path NO_FOLDER = Path.of("no-such-folder");

  @TempDir private Path folder;

  @Test
  void withoutAnyFileTheDefaultsCount() throws InvalidSettings {
    assertThat(GatewaySettings.load(NO_FOLDER, Map.of()))
        .isEqualTo(
            new GatewaySettings(
                new HttpSettings(
                    "0.0.0.0",
                    8080,
                    65_536,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    10_000,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of()),
                new AdminSettings("127.0.0.1", 8081, Optional.empty(), List.of()),
                new BridgeSettings(
                    "127.0.0.1",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                new JournalSettings("sqlite:journal.db", Duration.ofDays(90)),
                256L << 20,
                new LimitSettings(16 << 20, Duration.ofMillis(500), 5_000_000, 64 << 20),
                new WebhookSettings(false),
                new DeliverySettings(1_024),
                new SignupSettings(NO_FOLDER.resolve("signup.schema.json")),
                false,
                Duration.ofSeconds(10),
                new ClusterSettings(
                    "usher",
                    "127.0.0.1",
                    new PortRange(5701, 5708),
                    List.of(),
                    Optional.empty(),
                    0)));
  }

  @Test
  void everyKeyCanBeSet() throws InvalidSettings {
    Map<String, String> environment = new HashMap<>();
    environment.put("USHER_HTTP_HOST", "10.0.0.1");
    environment.put("USHER_HTTP_PORT", "0");
    environment.put("USHER_HTTP_BODY_LIMIT", "1MiB");
    environment.put("USHER_HTTP_IDLE_TIMEOUT", "5s");
    environment.put("USHER_HTTP_REQUEST_TIMEOUT", "7s");
    environment.put("USHER_HTTP_CONNECTIONS", "9");
    environment.put("USHER_HTTP_LIMIT_PERCLIENT", "30/m");
    environment.put("USHER_HTTP_TRUSTED_PROXIES", "10.0.0.0/8,::1");
    environment.put("USHER_HTTP_CORS_ORIGINS", "https://example.com,http://localhost:3000");
    environment.put("USHER_FORM_SUCCESS", "/welcome");
    environment.put("USHER_FORM_FAILURE", "https://example.com/signup");
    environment.put("USHER_ADMIN_HOST", "10.0.0.2");
    environment.put("USHER_ADMIN_PORT", "1");
    environment.put("USHER_ADMIN_TOKEN", "0123456789abcdef");
    environment.put("USHER_BRIDGE_HOST", "10.0.0.4");
    environment.put("USHER_BRIDGE_PORT", "0");
    environment.put("USHER_BRIDGE_TOKEN", "fedcba9876543210");
    environment.put("USHER_BRIDGE_TLS_CERTIFICATE", "/etc/bridge.pem");
    environment.put("USHER_BRIDGE_TLS_KEY", "/etc/bridge.key");
    environment.put("USHER_JOURNAL_URL", "sqlite:/var/journal.db");
    environment.put("USHER_ARTEFACTS_MAX_BYTES", "2GiB");
    environment.put("USHER_LIMITS_QUEUE", "1MiB");
    environment.put("USHER_JOURNAL_RETENTION", "0s");
    environment.put("USHER_LIMITS_AGE", "1s");
    environment.put("USHER_LIMITS_OPEN", "7");
    environment.put("USHER_LIMITS_DISK", "1GiB");
    environment.put("USHER_WEBHOOKS_ALLOW_PRIVATE", "true");
    environment.put("USHER_DELIVERY_WINDOW", "16");
    environment.put("USHER_SIGNUP_SCHEMA", "/etc/signup.json");
    environment.put("USHER_SHUTDOWN_TIMEOUT", "1m");
    environment.put("USHER_CLUSTER_NAME", "other");
    environment.put("USHER_RUNNER_EMBEDDED", "true");
    environment.put("USHER_CLUSTER_HOST", "10.0.0.3");
    environment.put("USHER_CLUSTER_PORT", "0");
    environment.put("USHER_CLUSTER_MEMBERS", "a:1,b:2");
    environment.put("USHER_CLUSTER_PUBLIC_HOST", "192.0.2.1");
    environment.put("USHER_CLUSTER_BUS_PORT", "15701");

    assertThat(Settings.load("gateway", NO_FOLDER, environment).values())
        .as("a key that this test does not set")
        .noneMatch(setting -> setting.place().isEmpty());
    assertThat(GatewaySettings.load(NO_FOLDER, environment))
        .isEqualTo(
            new GatewaySettings(
                new HttpSettings(
                    "10.0.0.1",
                    0,
                    1 << 20,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(7),
                    9,
                    Optional.of("/welcome"),
                    Optional.of("https://example.com/signup"),
                    List.of("https://example.com", "http://localhost:3000"),
                    Optional.of(new Rate(30, Duration.ofMinutes(1))),
                    List.of("10.0.0.0/8", "::1")),
                new AdminSettings("10.0.0.2", 1, Optional.of("0123456789abcdef"), List.of()),
                new BridgeSettings(
                    "10.0.0.4",
                    Optional.of(0),
                    Optional.of("fedcba9876543210"),
                    Optional.of(Path.of("/etc/bridge.pem")),
                    Optional.of(Path.of("/etc/bridge.key"))),
                new JournalSettings("sqlite:/var/journal.db", Duration.ZERO),
                2L << 30,
                new LimitSettings(1 << 20, Duration.ofSeconds(1), 7, 1 << 30),
                new WebhookSettings(true),
                new DeliverySettings(16),
                new SignupSettings(Path.of("/etc/signup.json")),
                true,
                Duration.ofMinutes(1),
                new ClusterSettings(
                    "other",
                    "10.0.0.3",
                    new PortRange(0, 0),
                    List.of("a:1", "b:2"),
                    Optional.of("192.0.2.1"),
                    15_701)));
  }

  @Test
  void aRelativeJournalIsInTheGatewaysFolder() {
    Path folder = Path.of("data", "gateway");

    assertThat(new JournalSettings("sqlite:journal.db", Duration.ZERO).file(folder))
        .isEqualTo(folder.resolve("journal.db"));
    assertThat(new JournalSettings("sqlite:/var/journal.db", Duration.ZERO).file(folder))
        .isEqualTo(Path.of("/var/journal.db"));
  }

  @Test
  void aTypingErrorInAVariableIsWarnedOfButNotTheVariablesOfOthers() throws InvalidSettings {
    Map<String, String> environment =
        Map.of(
            "USHER_HTTP_PRT", "1",
            "USHER_EMAIL_SMTP_HOST", "mail",
            "USHER_SUBSCRIPTION_PROVIDER", "file",
            "USHER_URL", "http://localhost",
            "USHER_TOKEN", "x",
            "USHER_BRIDGE", "a:1",
            "USHER_BRIDGE_TOKEN", "0123456789abcdef",
            "USHER_BRIDGE_PORT", "1",
            "USHER_LOG_LEVEL", "INFO");

    assertThat(Settings.load("gateway", NO_FOLDER, environment).warnings())
        .extracting(Object::toString)
        .containsExactly("USHER_HTTP_PRT is not a setting; did you mean USHER_HTTP_PORT?");
  }

  @Test
  void theAdminTokenIsShownNowhere() throws InvalidSettings {
    Map<String, String> environment = Map.of("USHER_ADMIN_TOKEN", "0123456789abcdef");

    assertThat(GatewaySettings.load(NO_FOLDER, environment).toString())
        .doesNotContain("0123456789abcdef");
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> GatewaySettings.load(NO_FOLDER, Map.of("USHER_ADMIN_TOKEN", "short")))
        .withMessage(
            "USHER_ADMIN_TOKEN admin.token: the secret is not a token; write at least 16"
                + " characters without spaces, or file:/run/secrets/usher-admin");
  }

  @Test
  void tokensHaveANameAndARoleEach() throws Exception {
    write(
        """
        admin:
          tokens:
            - { name: grafana, role: view, token: 0123456789abcdef }
            - { name: anna, role: operate, token: "file:anna.token" }
        """);
    Files.writeString(folder.resolve("anna.token"), "fedcba9876543210\n");

    AdminSettings admin = GatewaySettings.load(folder, Map.of()).admin();

    assertThat(admin.tokens())
        .containsExactly(
            new AdminSettings.Named("grafana", "view", "0123456789abcdef"),
            new AdminSettings.Named("anna", "operate", "fedcba9876543210"));
    assertThat(admin.toString()).doesNotContain("0123").doesNotContain("fedc");
    assertThat(Settings.load("gateway", folder, Map.of()).values().toString())
        .contains("admin.tokens.1.name")
        .doesNotContain("fedc");
  }

  @Test
  void everyFaultOfATokenIsNamedWithItsPlace() throws Exception {
    write(
        """
        admin:
          tokens:
            - { name: local, role: root, token: short }
            - { name: anna, role: view }
            - grafana
        """);

    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> GatewaySettings.load(folder, Map.of()))
        .withMessageContaining("gateway.yaml:3:15 admin.tokens.0.name: \"local\" is not a token's")
        .withMessageContaining("admin.tokens.0.role: \"root\" is not one of view, operate, deploy")
        .withMessageContaining("admin.tokens.0.token: the secret is not a token; write at least 16")
        .withMessageContaining("gateway.yaml:4:7 admin.tokens.1.token: is missing")
        .withMessageContaining("gateway.yaml:5:7 admin.tokens.2: is a single value");
  }

  @Test
  void aTokenOrNameThatTwoHaveIsRefused() throws Exception {
    write(
        """
        admin:
          token: 0123456789abcdef
          tokens:
            - { name: anna, role: view, token: 0123456789abcdef }
            - { name: anna, role: view, token: fedcba9876543210 }
        """);

    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> GatewaySettings.load(folder, Map.of()))
        .withMessageContaining(":4:40 admin.tokens.0.token: is also admin.token; make another")
        .withMessageContaining(":5:15 admin.tokens.1.name: is also admin.tokens.0.name;");
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("gateway.yaml"), text);
  }

  @Test
  void theShippedPayloadSchemaStandsInForAMissingOne() throws InvalidSettings {
    assertThat(new SignupSettings(NO_FOLDER.resolve("signup.schema.json")).read())
        .contains("\"username\"");
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> new SignupSettings(NO_FOLDER.resolve("mine.json")).read())
        .withMessageContaining("mine.json signup.schema: there is no such file");
  }
}
