package dev.usher.handler;

import dev.usher.wire.DeliveryFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one delivery as its handler sees it: the signup's payload, and what is known of
 * the attempt. For one thread at a time.
 */
public final class Signup {

  private static final long TEST_TIMEOUT_MS = 30_000;

  private final DeliveryFrame.Item item;
  private final long deadlineNanos;
  private final int dot;
  private @Nullable JsonObject json;

  private Signup(DeliveryFrame.Item item, int dot, long receivedNanos) {
    this.item = item;
    this.dot = dot;
    this.deadlineNanos = receivedNanos + Duration.ofMillis(item.timeoutMs()).toNanos();
  }

  /**
   * The signup of a delivery that was received now.
   *
   * @throws IllegalArgumentException when the delivery id names no action
   */
  static Signup received(DeliveryFrame.Item item) {
    int dot = item.delivery().indexOf('.');
    if (dot < 1 || dot == item.delivery().length() - 1) {
      throw new IllegalArgumentException("\"" + item.delivery() + "\" is not a delivery id");
    }
    return new Signup(item, dot, System.nanoTime());
  }

  /**
   * A first attempt with 30 seconds left, for tests of handlers.
   *
   * @param delivery delivery id, {@code <signup id>.<action>}
   */
  public static Signup of(String delivery, JsonObject payload) {
    return received(
        new DeliveryFrame.Item(
            delivery,
            1,
            TEST_TIMEOUT_MS,
            System.currentTimeMillis(),
            "",
            payload.toBuffer().getBytes()));
  }

  /** Id of the signup, {@code signup_…}; all its actions share it. */
  public String id() {
    return item.delivery().substring(0, dot);
  }

  /** Id of the delivery: the same for every attempt, for ever; what to deduplicate on. */
  public String delivery() {
    return item.delivery();
  }

  /** Name of the action that is owed. */
  public String action() {
    return item.delivery().substring(dot + 1);
  }

  /** Number of this attempt, from 1. */
  public int attempt() {
    return item.attempt();
  }

  /** When the signup was accepted, by the gateway's clock. */
  public Instant acceptedAt() {
    return Instant.ofEpochMilli(item.acceptedAtMs());
  }

  /**
   * How long the gateway still waits for this attempt; zero when it no longer does. Nothing stops a
   * handler that takes longer, and its success still counts when it comes late.
   */
  public Duration timeLeft() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }

  /** W3C trace context of the request, or empty. */
  public String traceparent() {
    return item.traceparent();
  }

  /**
   * The payload, parsed at the first call.
   *
   * @throws Rejected when it is not a JSON object
   */
  public JsonObject json() {
    JsonObject parsed = json;
    if (parsed == null) {
      parsed = parse();
      json = parsed;
    }
    return parsed;
  }

  /** The payload's bytes: a JSON object in UTF-8. */
  public Buffer payload() {
    return Buffer.buffer(item.payload());
  }

  /**
   * The text of a field of the payload.
   *
   * @throws Rejected when the field is missing, null, an object or an array: no attempt would find
   *     it otherwise
   */
  public String text(String key) {
    return find(key).orElseThrow(() -> new Rejected("\"" + key + "\" is missing"));
  }

  /**
   * The text of a field of the payload, or empty where it is missing or null.
   *
   * @throws Rejected when the field is an object or an array
   */
  public Optional<String> find(String key) {
    Object value = json().getValue(key);
    if (value instanceof JsonObject || value instanceof JsonArray) {
      throw new Rejected("\"" + key + "\" is not a text");
    }
    return Optional.ofNullable(value).map(Object::toString);
  }

  /** Delivery and attempt only: a payload must not end up in a log. */
  @Override
  public String toString() {
    return delivery() + " attempt " + attempt();
  }

  private JsonObject parse() {
    try {
      return payload().toJsonObject();
    } catch (DecodeException | ClassCastException notAnObject) {
      throw new Rejected("the payload is not a JSON object");
    }
  }
}
