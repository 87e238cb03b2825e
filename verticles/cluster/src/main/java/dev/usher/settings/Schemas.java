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

  private Schemas() {}

  /**
   * The schema of a process: its own, and the {@code cluster.*} keys of every process. A process
   * without one may have any key, none of them checked.
   */
  static Schema ofProcess(String name) {
    JsonObject schema = find(name).orElseGet(JsonObject::new);
    if (!schema.containsKey("properties")) {
      schema.put("properties", new JsonObject());
    }
    schema.getJsonObject("properties").put(CLUSTER, find(CLUSTER).orElseThrow());
    return new Schema(schema);
  }

  /** The schema of a file that is no process's settings. */
  static Schema named(String name) {
    return new Schema(
        find(name).orElseThrow(() -> new IllegalStateException("no schema called " + name)));
  }

  private static Optional<JsonObject> find(String name) {
    try (InputStream resource = open("schema/" + name + ".schema.json")) {
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
