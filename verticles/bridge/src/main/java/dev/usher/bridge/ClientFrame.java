package dev.usher.bridge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client said.
 *
 * @param type {@code ping}, {@code register}, {@code unregister}, {@code send}, {@code publish}
 * @param address empty where it says none
 * @param replyAddress where it wants an answer; empty where it wants none
 * @param headers by name, whatever its case
 * @param body any JSON
 */
record ClientFrame(
    String type,
    String address,
    String replyAddress,
    Map<String, String> headers,
    @Nullable Object body) {

  /**
   * Reads a frame.
   *
   * @throws BadFrame when it is no JSON object
   */
  static ClientFrame read(Buffer bytes) {
    JsonObject json;
    try {
      json = bytes.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw new BadFrame("a frame that is no JSON object");
    }
    return new ClientFrame(
        text(json, "type"),
        text(json, "address"),
        text(json, "replyAddress"),
        headers(json.getValue("headers")),
        json.getValue("body"));
  }

  /** The text of a header, or what stands in for it. */
  String header(String name, String otherwise) {
    return headers.getOrDefault(name, otherwise);
  }

  boolean wantsAnswer() {
    return !replyAddress.isEmpty();
  }

  /** Type and address only: a body may hold anything. */
  @Override
  public String toString() {
    return type + " " + address;
  }

  private static String text(JsonObject json, String key) {
    return json.getValue(key) instanceof String text ? text : "";
  }

  private static Map<String, String> headers(@Nullable Object value) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (value instanceof JsonObject json) {
      json.forEach(
          header -> {
            if (header.getValue() != null) {
              headers.put(header.getKey(), String.valueOf(header.getValue()));
            }
          });
    }
    return headers;
  }
}
