package dev.usher.gateway.config;

import dev.usher.settings.Settings;

/**
 * How deliveries are sent.
 *
 * @param window deliveries of one action held in memory; the others wait in the journal
 */
public record DeliverySettings(int window) {

  static DeliverySettings from(Settings settings) {
    return new DeliverySettings(settings.number("delivery.window"));
  }
}
