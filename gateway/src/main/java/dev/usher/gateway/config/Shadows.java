package dev.usher.gateway.config;

import dev.usher.settings.Origin;
import dev.usher.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a file says in vain, because an override says otherwise. */
final class Shadows {

  private Shadows() {}

  /** The settings of the file whose key has another value in force. */
  static List<Setting> of(List<Setting> inForce, List<Setting> file) {
    Map<String, Setting> byKey =
        inForce.stream().collect(Collectors.toMap(Setting::key, setting -> setting));
    return file.stream()
        .filter(setting -> setting.origin() == Origin.FILE)
        .filter(setting -> isShadowed(setting, byKey.get(setting.key())))
        .toList();
  }

  private static boolean isShadowed(Setting ofFile, @Nullable Setting inForce) {
    return inForce == null || !inForce.value().equals(ofFile.value());
  }
}
