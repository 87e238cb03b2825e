package dev.usher.bridge;

import dev.usher.handler.Signup;
import dev.usher.wire.SignupEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What clients are told, as bytes with the length before them. */
final class ServerFrames {

  static final Buffer PONG = bytes(new JsonObject().put("type", "pong").toBuffer());

  private static final String ERASED_SUFFIX = ".erased";

  private ServerFrames() {}

  /**
   * One attempt of a signup whose payload is known to be JSON. It goes through as it came, so that
   * no number in it is rounded.
   */
  static Buffer delivery(String address, String replyAddress, Signup signup) {
    String text = envelope(address, replyAddress, signup).encode();
    return bytes(
        Buffer.buffer(text.substring(0, text.length() - "}}".length()))
            .appendString(",\"data\":")
            .appendBuffer(signup.payload())
            .appendString("}}"));
  }

  /** A message that answers one of the client's. */
  static Buffer message(String address, MultiMap headers, @Nullable Object body) {
    JsonObject frame = new JsonObject().put("type", "message").put("address", address);
    if (!headers.isEmpty()) {
      JsonObject json = new JsonObject();
      headers.forEach(header -> json.put(header.getKey(), header.getValue()));
      frame.put("headers", json);
    }
    return bytes(frame.put("body", body).toBuffer());
  }

  /** The same without headers. */
  static Buffer message(String address, JsonObject body) {
    return message(address, MultiMap.caseInsensitiveMultiMap(), body);
  }

  /**
   * What is wrong with a frame of the client.
   *
   * @param code one word, as other servers of this protocol say it
   * @param detail the same for people
   */
  static Buffer error(ClientFrame about, String code, String detail) {
    return bytes(
        errorAbout(about).put("message", code).put("detail", detail).put("failureCode", -1));
  }

  /** The bus has no answer to a message of the client, or a consumer failed it. */
  static Buffer failure(ClientFrame about, ReplyException failure) {
    return bytes(
        errorAbout(about)
            .put("failureCode", failure.failureCode())
            .put("failureType", failure.failureType().name())
            .put("message", String.valueOf(failure.getMessage())));
  }

  private static JsonObject errorAbout(ClientFrame frame) {
    JsonObject error = new JsonObject().put("type", "err");
    if (frame.wantsAnswer()) {
      return error.put("address", frame.replyAddress()).put("sourceAddress", frame.address());
    }
    return frame.address().isEmpty() ? error : error.put("address", frame.address());
  }

  /** The body stands last, and {@code data} will be last in it. */
  private static JsonObject envelope(String address, String replyAddress, Signup signup) {
    return new JsonObject()
        .put("type", "message")
        .put("address", address)
        .put("replyAddress", replyAddress)
        .put("send", true)
        .put("headers", headers(signup))
        .put("body", event(signup));
  }

  private static JsonObject headers(Signup signup) {
    JsonObject headers = new JsonObject();
    SignupEvent.headers(
            signup.delivery(), signup.action(), signup.attempt(), signup.timeLeft().toMillis())
        .forEach(headers::put);
    return signup.traceparent().isEmpty()
        ? headers
        : headers.put("traceparent", signup.traceparent());
  }

  private static JsonObject event(Signup signup) {
    return SignupEvent.attributes(
        signup.id(), signup.acceptedAt(), signup.action().endsWith(ERASED_SUFFIX));
  }

  private static Buffer bytes(JsonObject frame) {
    return bytes(frame.toBuffer());
  }

  private static Buffer bytes(Buffer frame) {
    return Buffer.buffer(Integer.BYTES + frame.length())
        .appendInt(frame.length())
        .appendBuffer(frame);
  }
}
