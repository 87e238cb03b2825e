package dev.usher.wire;

import io.vertx.core.json.JsonObject;

/**
 * A gateway says that it is there: published on {@link Addresses#GATEWAYS} at its start and every
 * {@link Announcement#EVERY_MS}. Handlers use it to tell "alone" from "connected".
 *
 * @param gateway id of this run of the gateway
 * @param node Vert.x node id of its process
 * @param ask whether every handler instance should announce itself at once
 */
public record Beacon(String gateway, String node, boolean ask) {

  /** This beacon as the JSON that travels on the bus. */
  public JsonObject toJson() {
    return new JsonObject().put("gateway", gateway).put("node", node).put("ask", ask);
  }

  /** Reads a beacon from the bus. */
  public static Beacon fromJson(JsonObject json) {
    return new Beacon(
        json.getString("gateway", ""),
        json.getString("node", ""),
        json.getBoolean("ask", Boolean.FALSE));
  }
}
