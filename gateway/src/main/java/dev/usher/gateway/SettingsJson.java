package dev.usher.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.usher.settings.Setting;
import dev.usher.settings.Settings;
import java.util.List;
import java.util.Locale;

/** The settings in force, as {@code /admin/config} lists them; secrets come masked. */
final class SettingsJson {

  private SettingsJson() {}

  static ArrayNode of(Settings settings) {
    return of(settings.values());
  }

  static ArrayNode of(List<Setting> settings) {
    ArrayNode values = new ObjectMapper().createArrayNode();
    for (Setting setting : settings) {
      values
          .addObject()
          .put("key", setting.key())
          .put("value", setting.value())
          .put("origin", setting.origin().name().toLowerCase(Locale.ROOT))
          .put("place", setting.place())
          .put("description", setting.description());
    }
    return values;
  }
}
