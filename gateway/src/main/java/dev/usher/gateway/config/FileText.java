package dev.usher.gateway.config;

import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one reading of {@code actions.yaml} found; equal to another that found the same.
 *
 * @param text the content, empty where there was none to read
 * @param unreadable why there was none
 */
record FileText(Path file, String text, List<Problem> unreadable) {

  static FileText read(Path file) {
    try {
      return new FileText(file, ActionsFile.text(file), List.of());
    } catch (InvalidSettings e) {
      return new FileText(file, "", e.problems());
    }
  }

  ConfiguredActions read(Map<String, String> environment, Overrides overrides)
      throws InvalidSettings {
    if (!unreadable.isEmpty()) {
      throw new InvalidSettings(unreadable);
    }
    return ActionsFile.read(file, text, environment, overrides);
  }
}
