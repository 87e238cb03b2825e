package dev.usher.settings;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the schemas that processes carry as {@code /schema/<name>.schema.json}. */
final class Schemas {

  private static final String CLUSTER = "cluster";
  private static final String FILE = ".schema.json";

  private Schemas() {}

  /**
   * The schema of a process: its own, with the groups of keys that it shares with others, and the
   * {@code cluster.*} keys of every process. A process without one may have any key, none of them
   * checked.
   */
  static Schema ofProcess(String name) {
    JsonObject schema = find(name).orElseGet(JsonObject::new);
    if (!schema.containsKey("properties")) {
      schema.put("properties", new JsonObject());
    }
    JsonObject properties = schema.getJsonObject("properties");
    properties.put(CLUSTER, find(CLUSTER).orElseThrow());
    properties
        .fieldNames()
        .forEach(key -> properties.put(key, whole(properties.getJsonObject(key))));
    return new Schema(schema);
  }

  /** The file that a group of keys refers to, or the group itself. */
  private static JsonObject whole(JsonObject group) {
    String other = group.getString("$ref", "");
    return other.endsWith(FILE)
        ? find(other.substring(0, other.length() - FILE.length())).orElse(group)
        : group;
  }

  /** The schema of a file that is no process's settings. */
  static Schema named(String name) {
    return new Schema(
        find(name).orElseThrow(() -> new IllegalStateException("no schema called " + name)));
  }

  private static Optional<JsonObject> find(String name) {
    try (InputStream resource = open("schema/" + name + FILE)) {
      return resource == null
          ? Optional.empty()
          : Optional.of(
              new JsonObject(new String(resource.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A hot-deployed handler's schema is in its own class loader, ours may be that of its runner. */
  private static @Nullable InputStream open(String path) {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    InputStream found = ofThread == null ? null : ofThread.getResourceAsStream(path);
    return found != null ? found : Schemas.class.getClassLoader().getResourceAsStream(path);
  }
}
