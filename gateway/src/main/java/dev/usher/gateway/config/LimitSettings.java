package dev.usher.gateway.config;

import dev.usher.settings.Settings;
import java.time.Duration;

/**
 * When the gateway is too busy: past any of these a signup is refused before it is accepted.
 *
 * @param queueBytes most bytes of signups waiting for the journal
 * @param queueAge longest wait of one of them
 * @param openDeliveries most deliveries that have not ended
 * @param diskBytes least free bytes where the journal is
 */
public record LimitSettings(
    long queueBytes, Duration queueAge, long openDeliveries, long diskBytes) {

  static LimitSettings from(Settings settings) {
    return new LimitSettings(
        settings.bytes("limits.queue"),
        settings.duration("limits.age"),
        settings.number("limits.open"),
        settings.bytes("limits.disk"));
  }
}
