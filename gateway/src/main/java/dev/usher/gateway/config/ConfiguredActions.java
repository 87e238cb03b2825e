package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.Setting;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Actions, and what they were made of.
 *
 * @param actions the actions
 * @param settings every setting of theirs with its origin; keys begin with {@code actions.}
 * @param shadowed what the file says in vain, because an override says otherwise
 */
public record ConfiguredActions(Actions actions, List<Setting> settings, List<Setting> shadowed) {

  /** Every setting, a line each; equal for equal configurations. */
  String text() {
    return settings.stream()
        .filter(setting -> !setting.value().isEmpty())
        .map(setting -> setting.key() + "=" + setting.value())
        .collect(Collectors.joining("\n"));
  }
}
