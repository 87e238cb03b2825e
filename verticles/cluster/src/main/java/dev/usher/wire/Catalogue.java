package dev.usher.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What runners shall run, all of it: what is not in it is undeployed. The gateway publishes it on
 * {@link Addresses#CATALOGUE} at each change and every {@link Announcement#EVERY_MS}.
 *
 * @param gateway the gateway that has the files, see {@link ArtefactRequest}
 * @param revision grows with each change; one that is older than what a runner knows of the same
 *     gateway is late, and means nothing
 * @param handlers one for each name
 */
public record Catalogue(String gateway, long revision, List<Entry> handlers) {

  /** The share of a version that takes the place of the one before. */
  public static final int WHOLE = 100;

  /** Keeps its own copy of the list. */
  public Catalogue {
    handlers = List.copyOf(handlers);
  }

  /**
   * What of one name shall run. A runner where {@code next} does not start keeps {@code current}
   * running, and reports why.
   *
   * @param current the last version known to start
   * @param next the version that is being tried
   * @param share percent of the deliveries, by signup, that {@code next} gets: {@link #WHOLE} where
   *     it takes the place of {@code current}; less where it runs beside it, as a canary
   */
  public record Entry(Optional<HandlerVersion> current, Optional<HandlerVersion> next, int share) {

    /** Has at least one version. */
    public Entry {
      if (current.isEmpty() && next.isEmpty()) {
        throw new IllegalArgumentException("a handler without any version");
      }
    }

    /** The name of both. */
    public String name() {
      return current.or(() -> next).orElseThrow().name();
    }

    /** Whether {@code next} runs beside {@code current}. */
    public boolean hasCanary() {
      return next.isPresent() && current.isPresent() && share < WHOLE;
    }

    private JsonObject toJson() {
      JsonObject json = new JsonObject().put("share", share);
      current.ifPresent(version -> json.put("current", version.toJson()));
      next.ifPresent(version -> json.put("next", version.toJson()));
      return json;
    }

    private static Entry fromJson(JsonObject json) {
      return new Entry(
          Optional.ofNullable(json.getJsonObject("current")).map(HandlerVersion::fromJson),
          Optional.ofNullable(json.getJsonObject("next")).map(HandlerVersion::fromJson),
          json.getInteger("share", WHOLE));
    }
  }

  /** This catalogue as the JSON that travels on the bus. */
  public JsonObject toJson() {
    JsonArray entries = new JsonArray();
    handlers.forEach(entry -> entries.add(entry.toJson()));
    return new JsonObject()
        .put("gateway", gateway)
        .put("revision", revision)
        .put("handlers", entries);
  }

  /** Reads a catalogue from the bus, or from a file of a runner. */
  public static Catalogue fromJson(JsonObject json) {
    List<Entry> handlers =
        json.getJsonArray("handlers", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .map(Entry::fromJson)
            .toList();
    return new Catalogue(
        Objects.requireNonNull(json.getString("gateway"), "a catalogue without gateway"),
        json.getLong("revision", 0L),
        handlers);
  }
}
