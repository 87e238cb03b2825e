package dev.usher.wire;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Deliveries on their way from one gateway to one handler instance, several in one message so that
 * the bus is paid once for all of them.
 *
 * @param gateway the gateway that sent it; outcomes go to {@link Addresses#outcomes}
 * @param items at least one, never more than the instance has free slots
 */
public record DeliveryFrame(String gateway, List<Item> items) {

  /** The version both sides must speak; the first byte of a frame. */
  public static final int VERSION = 1;

  private static final int EXPECTED_ITEM_BYTES = 512;

  /**
   * One attempt of one delivery.
   *
   * @param delivery delivery id, {@code <signup id>.<action>}
   * @param attempt number of the attempt, from 1
   * @param timeoutMs milliseconds the handler has, counted from receipt: clocks are never compared
   * @param acceptedAtMs when the signup was accepted, milliseconds since the epoch
   * @param traceparent W3C trace context, or empty
   * @param payload the signup's payload: a JSON object in UTF-8
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a socket; never compared
  public record Item(
      String delivery,
      int attempt,
      long timeoutMs,
      long acceptedAtMs,
      String traceparent,
      byte[] payload) {}

  /** This frame as the bytes that travel on the bus. */
  public Buffer encode() {
    FrameWriter writer = new FrameWriter(64 + items.size() * EXPECTED_ITEM_BYTES);
    writer.byteField(VERSION).textField(gateway);
    for (Item item : items) {
      writer
          .textField(item.delivery)
          .intField(item.attempt)
          .longField(item.timeoutMs)
          .longField(item.acceptedAtMs)
          .textField(item.traceparent)
          .bytesField(item.payload);
    }
    return writer.done();
  }

  /**
   * Reads a frame from the bus.
   *
   * @throws IllegalArgumentException when it is of another version or cut short
   */
  public static DeliveryFrame decode(Buffer bytes) {
    FrameReader reader = new FrameReader(bytes);
    FrameVersions.check(reader.byteField(), VERSION);
    String gateway = reader.textField();
    List<Item> items = new ArrayList<>();
    while (reader.hasMore()) {
      items.add(
          new Item(
              reader.textField(),
              reader.intField(),
              reader.longField(),
              reader.longField(),
              reader.textField(),
              reader.bytesField().getBytes()));
    }
    return new DeliveryFrame(gateway, items);
  }
}
