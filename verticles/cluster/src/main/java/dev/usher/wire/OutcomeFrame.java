package dev.usher.wire;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Outcomes on their way back from one handler instance to the gateway that sent the attempts. Each
 * is keyed by delivery and attempt, so their order and grouping mean nothing.
 *
 * @param instance the instance that ran the attempts
 * @param items at least one
 */
public record OutcomeFrame(String instance, List<Item> items) {

  /** The version both sides must speak; the first byte of a frame. */
  public static final int VERSION = 1;

  /** {@link Item#retryAfterMs} when the handler named no waiting time. */
  public static final long NO_RETRY_AFTER = -1;

  private static final int EXPECTED_ITEM_BYTES = 96;

  /** What the handler says of an attempt. */
  public enum Verdict {
    /** Done. */
    SUCCEEDED(0),
    /** Never send this delivery again. */
    REJECTED(1),
    /** Did not work; another attempt may. */
    FAILED(2),
    /** Never started: the instance is full or draining. Burns no attempt. */
    REFUSED(3);

    private final int code;

    Verdict(int code) {
      this.code = code;
    }

    private static Verdict of(int code) {
      return switch (code) {
        case 0 -> SUCCEEDED;
        case 1 -> REJECTED;
        case 2 -> FAILED;
        case 3 -> REFUSED;
        default -> throw new IllegalArgumentException("unknown verdict " + code);
      };
    }
  }

  /**
   * The outcome of one attempt.
   *
   * @param delivery delivery id, {@code <signup id>.<action>}
   * @param attempt number of the attempt, from 1
   * @param verdict how it ended
   * @param retryAfterMs milliseconds to wait at least before the next attempt, or {@link
   *     #NO_RETRY_AFTER}
   * @param text the result (JSON) of a success, the reason of anything else; may be empty
   */
  public record Item(
      String delivery, int attempt, Verdict verdict, long retryAfterMs, String text) {}

  /** This frame as the bytes that travel on the bus. */
  public Buffer encode() {
    FrameWriter writer = new FrameWriter(64 + items.size() * EXPECTED_ITEM_BYTES);
    writer.byteField(VERSION).textField(instance);
    for (Item item : items) {
      writer
          .textField(item.delivery)
          .intField(item.attempt)
          .byteField(item.verdict.code)
          .longField(item.retryAfterMs)
          .textField(item.text);
    }
    return writer.done();
  }

  /**
   * Reads a frame from the bus.
   *
   * @throws IllegalArgumentException when it is of another version, cut short or has an unknown
   *     verdict
   */
  public static OutcomeFrame decode(Buffer bytes) {
    FrameReader reader = new FrameReader(bytes);
    FrameVersions.check(reader.byteField(), VERSION);
    String instance = reader.textField();
    List<Item> items = new ArrayList<>();
    while (reader.hasMore()) {
      items.add(
          new Item(
              reader.textField(),
              reader.intField(),
              Verdict.of(reader.byteField()),
              reader.longField(),
              reader.textField()));
    }
    return new OutcomeFrame(instance, items);
  }
}
