package dev.usher.wire;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * One handler instance introduces itself. Published on {@link Addresses#HANDLERS} once the instance
 * is registered, then every {@link #EVERY_MS}, at each change of state, and when a {@link Beacon}
 * asks. A gateway that misses {@link #MISSED} of them in a row stops routing to the instance.
 *
 * @param instance unique for ever; never reused, so a gateway may remember it as gone
 * @param node Vert.x node id of the process, which ties the instance to a cluster member
 * @param address shared event-bus address the handler serves
 * @param handler name of the handler, for people
 * @param version version of the handler, for people
 * @param deployment {@link HandlerVersion#id} of a hot-deployed one, {@link Origin#ofFile} of one
 *     whose file is in a runner's folder; empty otherwise
 * @param language {@code java}, {@code python}, {@code node}
 * @param slots deliveries it runs at once; more are refused
 * @param free slots without a delivery at this moment; in the last announcement, one that is down,
 *     less by the deliveries it left unfinished and those whose outcome it could not tell
 * @param state whether it takes deliveries
 * @param frame the frame version it speaks, see {@link DeliveryFrame#VERSION}
 */
public record Announcement(
    String instance,
    String node,
    String address,
    String handler,
    String version,
    String deployment,
    String language,
    int slots,
    int free,
    InstanceState state,
    int frame) {

  /** Milliseconds between two announcements of an instance. */
  public static final long EVERY_MS = 2_000;

  /** Announcements missed in a row after which an instance gets no more deliveries. */
  public static final int MISSED = 3;

  /**
   * Whether no slot is taken. Of an instance that is down it means that what was sent to it and not
   * answered was never started: every outcome was sent before this announcement.
   */
  public boolean isIdle() {
    return free == slots;
  }

  /** This announcement as the JSON that travels on the bus. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("instance", instance)
        .put("node", node)
        .put("address", address)
        .put("handler", handler)
        .put("version", version)
        .put("deployment", deployment)
        .put("language", language)
        .put("slots", slots)
        .put("free", free)
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("frame", frame);
  }

  /**
   * Reads an announcement from the bus.
   *
   * @throws IllegalArgumentException when a field is missing or of another type, naming it
   */
  public static Announcement fromJson(JsonObject json) {
    return new Announcement(
        text(json, "instance"),
        text(json, "node"),
        text(json, "address"),
        text(json, "handler"),
        text(json, "version"),
        json.getString("deployment", ""),
        text(json, "language"),
        number(json, "slots"),
        number(json, "free"),
        InstanceState.valueOf(text(json, "state").toUpperCase(Locale.ROOT)),
        number(json, "frame"));
  }

  private static String text(JsonObject json, String field) {
    if (json.getValue(field) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new IllegalArgumentException("announcement without " + field);
  }

  private static int number(JsonObject json, String field) {
    if (json.getValue(field) instanceof Number number && number.intValue() >= 0) {
      return number.intValue();
    }
    throw new IllegalArgumentException("announcement without " + field);
  }
}
