package dev.usher.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A runner says what became of what it shall run. Published on {@link Addresses#RUNNERS} at each
 * change and every {@link Announcement#EVERY_MS}; one that is not heard {@link Announcement#MISSED}
 * times, or whose process left, has gone.
 *
 * @param node Vert.x node id of the runner's process; its logs are to be had at {@link
 *     Addresses#logs}
 * @param runner what people call it: host and process id
 * @param gateway the gateway whose catalogue it has followed last; empty before the first
 * @param revision the catalogue's
 * @param items one for each version it has to do with
 */
public record RunnerReport(
    String node, String runner, String gateway, long revision, List<Item> items) {

  /** Keeps its own copy of the list. */
  public RunnerReport {
    items = List.copyOf(items);
  }

  /** How far a version has come in a runner; the lower-case name is its form on the wire. */
  public enum Phase {
    /** Its file is on the way. */
    FETCHING,
    /** It is being started. */
    STARTING,
    /** It takes deliveries. */
    SERVING,
    /** Its process ended though nobody told it to, and is started again. */
    RESTARTING,
    /** It takes nothing more and finishes what it has. */
    DRAINING,
    /** It did not start, or its process ended again and again. */
    FAILED
  }

  /**
   * One version in this runner.
   *
   * @param name of the handler
   * @param number of the version
   * @param why the handler's own error where it has failed, how its process ended where that is
   *     started again; otherwise empty, or what people may want to know, such as that it hangs
   * @param addresses the event-bus addresses it serves, once it does
   */
  public record Item(String name, int number, Phase phase, String why, List<String> addresses) {

    /** Keeps its own copy of the list. */
    public Item {
      addresses = List.copyOf(addresses);
    }

    private JsonObject toJson() {
      return new JsonObject()
          .put("name", name)
          .put("number", number)
          .put("phase", phase.name().toLowerCase(Locale.ROOT))
          .put("why", why)
          .put("addresses", new JsonArray(addresses));
    }

    private static Item fromJson(JsonObject json) {
      return new Item(
          Objects.requireNonNull(json.getString("name"), "a report without name"),
          json.getInteger("number", 0),
          Phase.valueOf(json.getString("phase", "").toUpperCase(Locale.ROOT)),
          json.getString("why", ""),
          json.getJsonArray("addresses", new JsonArray()).stream().map(String::valueOf).toList());
    }
  }

  /** This report as the JSON that travels on the bus. */
  public JsonObject toJson() {
    JsonArray versions = new JsonArray();
    items.forEach(item -> versions.add(item.toJson()));
    return new JsonObject()
        .put("node", node)
        .put("runner", runner)
        .put("gateway", gateway)
        .put("revision", revision)
        .put("items", versions);
  }

  /**
   * Reads a report from the bus.
   *
   * @throws RuntimeException when it can't be read
   */
  public static RunnerReport fromJson(JsonObject json) {
    return new RunnerReport(
        Objects.requireNonNull(json.getString("node"), "a report without node"),
        json.getString("runner", ""),
        json.getString("gateway", ""),
        json.getLong("revision", 0L),
        json.getJsonArray("items", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .map(Item::fromJson)
            .toList());
  }
}
