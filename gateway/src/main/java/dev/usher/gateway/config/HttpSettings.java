package dev.usher.gateway.config;

import dev.usher.settings.Settings;
import java.time.Duration;

/**
 * The public port.
 *
 * @param host interface to listen on
 * @param port 0 takes a free one
 * @param bodyLimit longest body of a request, in bytes
 * @param idleTimeout a connection silent for this long is closed
 */
public record HttpSettings(String host, int port, int bodyLimit, Duration idleTimeout) {

  static HttpSettings from(Settings settings) {
    return new HttpSettings(
        settings.text("http.host"),
        settings.number("http.port"),
        Math.toIntExact(settings.bytes("http.body.limit")),
        settings.duration("http.idle.timeout"));
  }
}
