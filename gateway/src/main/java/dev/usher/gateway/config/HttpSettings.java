package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Rate;
import dev.usher.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The public port.
 *
 * @param host interface to listen on
 * @param port 0 takes a free one
 * @param bodyLimit longest body of a request, in bytes
 * @param idleTimeout a connection silent for this long is closed
 * @param requestTimeout longest time for the head of a request, and again for its body
 * @param connections how many there may be at once
 * @param formSuccess page after a form was accepted
 * @param formFailure page after a form was refused
 * @param origins web origins whose scripts may send signups
 * @param perClient how many signups one client may send
 * @param trustedProxies addresses, or blocks of them, whose word on who the client is counts
 */
public record HttpSettings(
    String host,
    int port,
    int bodyLimit,
    Duration idleTimeout,
    Duration requestTimeout,
    int connections,
    Optional<String> formSuccess,
    Optional<String> formFailure,
    List<String> origins,
    Optional<Rate> perClient,
    List<String> trustedProxies) {

  static HttpSettings from(Settings settings) {
    return new HttpSettings(
        settings.text("http.host"),
        settings.number("http.port"),
        Math.toIntExact(settings.bytes("http.body.limit")),
        settings.duration("http.idle.timeout"),
        settings.duration("http.request.timeout"),
        settings.number("http.connections"),
        settings.find("form.success"),
        settings.find("form.failure"),
        settings.list("http.cors.origins"),
        settings.find("http.limit.perClient").map(Rates::parse),
        settings.list("http.trusted-proxies"));
  }
}
