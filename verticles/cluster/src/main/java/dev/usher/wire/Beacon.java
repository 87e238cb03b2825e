package dev.usher.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A gateway says that it is there: published on {@link Addresses#GATEWAYS} at its start and every
 * {@link Announcement#EVERY_MS}. Handlers use it to tell "alone" from "connected"; a runner, what
 * may be served on its bridge.
 *
 * @param gateway id of this run of the gateway
 * @param node Vert.x node id of its process
 * @param ask whether every handler instance should announce itself at once
 * @param addresses where the actions in force look for handlers
 */
public record Beacon(String gateway, String node, boolean ask, Set<String> addresses) {

  /** Keeps its own copy of the addresses. */
  public Beacon {
    addresses = Set.copyOf(addresses);
  }

  /** This beacon as the JSON that travels on the bus. */
  public JsonObject toJson() {
    JsonArray sorted = new JsonArray();
    new TreeSet<>(addresses).forEach(sorted::add);
    return new JsonObject()
        .put("gateway", gateway)
        .put("node", node)
        .put("ask", ask)
        .put("addresses", sorted);
  }

  /** Reads a beacon from the bus. */
  public static Beacon fromJson(JsonObject json) {
    return new Beacon(
        json.getString("gateway", ""),
        json.getString("node", ""),
        json.getBoolean("ask", Boolean.FALSE),
        json.getJsonArray("addresses", new JsonArray()).stream()
            .map(String::valueOf)
            .collect(Collectors.toSet()));
  }
}
