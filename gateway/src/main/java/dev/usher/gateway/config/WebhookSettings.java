package dev.usher.gateway.config;

import dev.usher.settings.Settings;

/**
 * How deliveries are POSTed to webhooks.
 *
 * @param isPrivateAllowed whether webhooks may be where only this machine or its networks reach
 */
public record WebhookSettings(boolean isPrivateAllowed) {

  static WebhookSettings from(Settings settings) {
    return new WebhookSettings(settings.flag("webhooks.allow-private"));
  }
}
