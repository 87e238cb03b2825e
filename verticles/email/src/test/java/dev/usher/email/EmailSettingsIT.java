package dev.usher.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmailSettingsIT {

  private static final EmailSettings DEFAULTS =
      new EmailSettings(
          EmailSettings.Kind.OUTBOX,
          Path.of("outbox"),
          new SmtpSettings(
              "localhost",
              25,
              SmtpSettings.Tls.NONE,
              Optional.empty(),
              Optional.empty(),
              10,
              Duration.ofSeconds(10),
              Optional.empty()),
          new Mailbox("Usher", "welcome", "example.com"),
          "Usher",
          Optional.empty());

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
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("USHER_EMAIL_TRANSPORT", "smtp"),
            Map.entry("USHER_EMAIL_OUTBOX_DIR", "/var/letters"),
            Map.entry("USHER_EMAIL_SMTP_HOST", "mail.example.org"),
            Map.entry("USHER_EMAIL_SMTP_PORT", "587"),
            Map.entry("USHER_EMAIL_SMTP_TLS", "starttls"),
            Map.entry("USHER_EMAIL_SMTP_USERNAME", "usher"),
            Map.entry("USHER_EMAIL_SMTP_PASSWORD", "secret"),
            Map.entry("USHER_EMAIL_SMTP_CA", "/etc/ca.pem"),
            Map.entry("USHER_EMAIL_SMTP_POOL", "3"),
            Map.entry("USHER_EMAIL_SMTP_TIMEOUT", "2s"),
            Map.entry("USHER_EMAIL_FROM", "Söhne <hallo@example.org>"),
            Map.entry("USHER_EMAIL_PRODUCT", "Fisch & Söhne"),
            Map.entry("USHER_EMAIL_TEMPLATES_DIR", "/etc/letters"));

    assertThat(from(empty, environment))
        .isEqualTo(
            new EmailSettings(
                EmailSettings.Kind.SMTP,
                Path.of("/var/letters"),
                new SmtpSettings(
                    "mail.example.org",
                    587,
                    SmtpSettings.Tls.STARTTLS,
                    Optional.of("usher"),
                    Optional.of("secret"),
                    3,
                    Duration.ofSeconds(2),
                    Optional.of(Path.of("/etc/ca.pem"))),
                new Mailbox("Söhne", "hallo", "example.org"),
                "Fisch & Söhne",
                Optional.of(Path.of("/etc/letters"))))
        .satisfies(settings -> assertThat(settings.toString()).doesNotContain("secret"));
  }

  @Test
  void aSenderThatIsNoneIsNamed() {
    assertThatThrownBy(() -> from(empty, Map.of("USHER_EMAIL_FROM", "a b@example.org")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("from: \"a b@example.org\" is not an e-mail address")
        .hasMessageEndingWith("write Name <user@example.com>");
  }

  @Test
  void anUnknownTransportIsNamed() {
    assertThatThrownBy(() -> from(empty, Map.of("USHER_EMAIL_TRANSPORT", "pigeon")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("USHER_EMAIL_TRANSPORT")
        .hasMessageContaining("pigeon");
  }

  private static EmailSettings from(Path config, Map<String, String> environment)
      throws InvalidSettings {
    return EmailSettings.from(Settings.load("email", config, environment));
  }
}
