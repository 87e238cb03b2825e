package dev.usher.wire;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One version of a hot-deployed handler: a file, and what it runs with. Never changes; the number
 * names it for ever.
 *
 * @param name what people call the handler; its versions replace each other
 * @param number counts the versions of this name, from 1
 * @param file the file's name, which says by its end what kind it is
 * @param checksum SHA-256 of the file, in hexadecimal digits
 * @param bytes size of the file
 * @param address event-bus address it is to serve instead of its own; empty for its own
 * @param settings values over those that the runner's configuration has for it; a secret is the
 *     reference to it, {@code file:…} or {@code env:…}, which is read where the handler runs
 * @param isIsolated whether it runs as a process of its own
 */
public record HandlerVersion(
    String name,
    int number,
    String file,
    String checksum,
    long bytes,
    String address,
    Map<String, String> settings,
    boolean isIsolated) {

  /** Keeps its own copy of the settings, in order of their keys. */
  public HandlerVersion {
    settings = Map.copyOf(settings);
  }

  /** What tells it from every other one in the cluster, and what instances of it announce. */
  public String id() {
    return name + "#" + number;
  }

  /** This version as the JSON that travels on the bus. */
  public JsonObject toJson() {
    JsonObject values = new JsonObject();
    new TreeMap<>(settings).forEach(values::put);
    return new JsonObject()
        .put("name", name)
        .put("number", number)
        .put("file", file)
        .put("checksum", checksum)
        .put("bytes", bytes)
        .put("address", address)
        .put("settings", values)
        .put("isolated", isIsolated);
  }

  /** Reads a version from the bus. */
  public static HandlerVersion fromJson(JsonObject json) {
    Map<String, String> settings =
        json.getJsonObject("settings", new JsonObject()).stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    return new HandlerVersion(
        Objects.requireNonNull(json.getString("name"), "a handler version without name"),
        json.getInteger("number", 0),
        Objects.requireNonNull(json.getString("file"), "a handler version without file"),
        Objects.requireNonNull(json.getString("checksum"), "a handler version without checksum"),
        json.getLong("bytes", 0L),
        json.getString("address", ""),
        settings,
        json.getBoolean("isolated", false));
  }
}
