package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.settings.Setting;
import java.util.List;
import java.util.Locale;

/** How an action came to be configured as it is, as JSON. */
final class ConfiguredJson {

  private ConfiguredJson() {}

  /** Adds the settings of an action with their origins, and what an override does to it. */
  static void put(ObjectNode json, String action, ActionControl.Now now) {
    settings(json, "settings", action, now.settings());
    settings(json, "shadowed", action, now.shadowed());
    now.override(action).ifPresent(one -> json.set("override", override(one)));
  }

  private static void settings(
      ObjectNode json, String field, String action, List<Setting> settings) {
    String prefix = "actions." + action + ".";
    List<Setting> mine =
        settings.stream().filter(setting -> setting.key().startsWith(prefix)).toList();
    if (mine.isEmpty()) {
      return;
    }
    ArrayNode list = json.putArray(field);
    for (Setting setting : mine) {
      list.addObject()
          .put("key", setting.key().substring(prefix.length()))
          .put("value", setting.value())
          .put("origin", setting.origin().name().toLowerCase(Locale.ROOT))
          .put("place", setting.place());
    }
  }

  static ObjectNode override(ActionOverride override) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("token", override.token())
        .put("at", override.at().toString())
        .put("whole", override.isWhole());
    json.set("body", Json.read(override.body()));
    return json;
  }
}
