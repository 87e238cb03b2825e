package dev.usher.bridge;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Cuts what comes over TCP into frames: four bytes of length, big-endian, then as many bytes. A
 * frame that says it is too long is refused before there is room for it.
 */
final class FrameSplitter {

  private static final int PREFIX = Integer.BYTES;

  private final IntSupplier limit;
  private final Room room;
  private final Consumer<Buffer> frames;
  private Buffer rest = Buffer.buffer();
  private int held;

  /**
   * A splitter with nothing in it.
   *
   * @param limit most bytes of the next frame
   * @param room for what is not whole yet, shared with others
   * @param frames takes each frame without its length
   */
  FrameSplitter(IntSupplier limit, Room room, Consumer<Buffer> frames) {
    this.limit = limit;
    this.room = room;
    this.frames = frames;
  }

  /**
   * Takes in what came.
   *
   * @throws BadFrame when a frame is longer than the limit, or there is no room for what is not
   *     whole
   */
  void accept(Buffer chunk) {
    rest.appendBuffer(chunk);
    int start = 0;
    while (rest.length() - start >= PREFIX) {
      int length = checked(rest.getUnsignedInt(start));
      int end = start + PREFIX + length;
      if (rest.length() < end) {
        break;
      }
      frames.accept(rest.getBuffer(start + PREFIX, end));
      start = end;
    }
    if (start > 0) {
      rest = rest.getBuffer(start, rest.length());
    }
    hold(rest.length());
  }

  /** Forgets what is not whole. */
  void drop() {
    rest = Buffer.buffer();
    hold(0);
  }

  /** Whether a frame has begun that is not whole. */
  boolean isInFrame() {
    return rest.length() > 0;
  }

  private void hold(int bytes) {
    room.change(held, bytes);
    held = bytes;
  }

  private int checked(long length) {
    if (length > limit.getAsInt()) {
      throw new BadFrame("a frame of " + length + " bytes; at most " + limit.getAsInt());
    }
    return (int) length;
  }
}
