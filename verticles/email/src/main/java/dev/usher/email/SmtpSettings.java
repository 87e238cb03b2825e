package dev.usher.email;

import dev.usher.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How to reach the SMTP server.
 *
 * @param pool connections at once
 * @param timeout longest time for one letter
 * @param ca certificates to trust instead of the JDK's, a PEM file
 */
record SmtpSettings(
    String host,
    int port,
    Tls tls,
    Optional<String> username,
    Optional<String> password,
    int pool,
    Duration timeout,
    Optional<Path> ca) {

  /** How the connection is encrypted. */
  enum Tls {
    /** Not at all. */
    NONE,
    /** By the STARTTLS command; a server without it is not used. */
    STARTTLS,
    /** From the first byte. */
    IMPLICIT
  }

  /** Reads the {@code smtp.*} keys. */
  static SmtpSettings from(Settings settings) {
    return new SmtpSettings(
        settings.text("smtp.host"),
        settings.number("smtp.port"),
        Tls.valueOf(settings.text("smtp.tls").toUpperCase(Locale.ROOT)),
        settings.find("smtp.username"),
        settings.secret("smtp.password"),
        settings.number("smtp.pool"),
        settings.duration("smtp.timeout"),
        settings.find("smtp.ca").map(Path::of));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "smtp " + host + ":" + port + ", tls " + tls.name().toLowerCase(Locale.ROOT);
  }
}
