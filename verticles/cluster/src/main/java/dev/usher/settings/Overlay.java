package dev.usher.settings;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that a person laid over a file's while the process ran; they win, key by key.
 *
 * @param key the group they belong to, dotted
 * @param values the values, and groups of them, by name
 * @param isWhole whether they stand for the whole group: nothing the file says below the key counts
 * @param name what messages call this overlay; JSON pointers follow behind it
 */
public record Overlay(String key, JsonObject values, boolean isWhole, String name) {

  /** The file with these values over it; one that is not whole needs the group to be there. */
  YamlNode over(YamlNode file) {
    return put(file, List.of(key.split("\\.")));
  }

  private YamlNode put(YamlNode node, List<String> path) {
    if (path.isEmpty()) {
      YamlNode mine = node(values, "");
      return isWhole ? mine : merged(node, mine);
    }
    Map<String, YamlNode.Entry> entries = entries(node);
    YamlNode.Entry there = entries.get(path.get(0));
    if (there == null && !isWhole) {
      return node;
    }
    YamlNode.Entry below = there == null ? new YamlNode.Entry(place(""), nothing()) : there;
    entries.put(
        path.get(0),
        new YamlNode.Entry(below.keyPlace(), put(below.value(), path.subList(1, path.size()))));
    return new YamlNode.Mapping(node.place(), entries);
  }

  private static YamlNode merged(YamlNode file, YamlNode mine) {
    if (!(mine instanceof YamlNode.Mapping over) || !isGroup(file)) {
      return mine;
    }
    Map<String, YamlNode.Entry> entries = entries(file);
    over.entries()
        .forEach(
            (name, entry) ->
                entries.merge(
                    name,
                    entry,
                    (under, same) ->
                        new YamlNode.Entry(same.keyPlace(), merged(under.value(), same.value()))));
    return new YamlNode.Mapping(file.place(), entries);
  }

  private static boolean isGroup(YamlNode node) {
    return node instanceof YamlNode.Mapping;
  }

  private static Map<String, YamlNode.Entry> entries(YamlNode node) {
    return node instanceof YamlNode.Mapping mapping
        ? new LinkedHashMap<>(mapping.entries())
        : new LinkedHashMap<>();
  }

  private YamlNode node(@Nullable Object value, String pointer) {
    if (value instanceof JsonObject group) {
      Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
      for (String name : group.fieldNames()) {
        String below = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
        entries.put(name, new YamlNode.Entry(place(below), node(group.getValue(name), below)));
      }
      return new YamlNode.Mapping(place(pointer), entries);
    }
    if (value instanceof JsonArray list) {
      return new YamlNode.Sequence(
          place(pointer), list.stream().map(item -> node(item, pointer)).toList());
    }
    String text = value == null ? "" : String.valueOf(value);
    return new YamlNode.Scalar(place(pointer), text, text, value == null);
  }

  private YamlNode nothing() {
    return new YamlNode.Scalar(place(""), "", "", true);
  }

  private Place place(String pointer) {
    return Place.override(name, pointer);
  }
}
