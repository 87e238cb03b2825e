package dev.usher.wire;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A signup as a CloudEvent, and the headers of each attempt at it: what plain consumers, webhooks
 * and clients of the bridge are given.
 */
public final class SignupEvent {

  private static final String ACCEPTED = "dev.usher.signup.accepted";
  private static final String ERASED = "dev.usher.signup.erased";

  private SignupEvent() {}

  /**
   * The event without its data.
   *
   * @param isErased whether it tells that the signup was erased
   */
  public static JsonObject attributes(String id, Instant acceptedAt, boolean isErased) {
    return new JsonObject()
        .put("specversion", "1.0")
        .put("id", id)
        .put("source", "/signups")
        .put("type", isErased ? ERASED : ACCEPTED)
        .put("time", acceptedAt.toString())
        .put("datacontenttype", "application/json");
  }

  /**
   * Headers in their order.
   *
   * @param timeoutMs time left for the attempt
   */
  public static Map<String, String> headers(
      String delivery, String action, int attempt, long timeoutMs) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("usher-delivery", delivery);
    headers.put("usher-action", action);
    headers.put("usher-attempt", Integer.toString(attempt));
    headers.put("usher-timeout", Long.toString(timeoutMs));
    return headers;
  }
}
