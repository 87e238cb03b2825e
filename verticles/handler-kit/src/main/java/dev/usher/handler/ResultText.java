package dev.usher.handler;

import io.vertx.core.json.EncodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a handler returned, as the JSON that the gateway keeps. Only what is plainly meant as a
 * result: text, number, boolean, {@link JsonObject}, {@link JsonArray}, map or collection. Any
 * other object is something the handler had in its hand (an HTTP response, a mail receipt), and may
 * hold more than anyone meant to keep. A result that can't be kept is dropped with a log line: the
 * work is done, so the delivery succeeded all the same.
 */
final class ResultText {

  static final int MAX_BYTES = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(ResultText.class);

  private ResultText() {}

  static String of(@Nullable Object value, Signup signup) {
    if (value == null || !isPlain(value)) {
      return "";
    }
    try {
      return fitting(Json.encode(value), signup);
    } catch (EncodeException e) {
      LOG.warn("{}: its result is dropped, it is no JSON", signup);
      return "";
    }
  }

  private static String fitting(String json, Signup signup) {
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes <= MAX_BYTES) {
      return json;
    }
    LOG.warn("{}: its result of {} bytes is dropped, {} are kept", signup, bytes, MAX_BYTES);
    return "";
  }

  private static boolean isPlain(Object value) {
    return value instanceof JsonObject
        || value instanceof JsonArray
        || value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Map
        || value instanceof Collection;
  }
}
