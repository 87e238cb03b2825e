package dev.usher.gateway.config;

import dev.usher.settings.Settings;
import java.util.Optional;

/**
 * The admin port.
 *
 * @param host interface to listen on
 * @param port 0 takes a free one
 * @param token what calls must carry; without one the gateway makes its own
 */
public record AdminSettings(String host, int port, Optional<String> token) {

  static AdminSettings from(Settings settings) {
    return new AdminSettings(
        settings.text("admin.host"), settings.number("admin.port"), settings.secret("admin.token"));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "AdminSettings[host=%s, port=%d]".formatted(host, port);
  }
}
