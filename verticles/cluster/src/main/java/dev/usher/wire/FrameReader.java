package dev.usher.wire;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a frame one after another; not thread-safe. */
final class FrameReader {

  private final Buffer frame;
  private int position;

  FrameReader(Buffer frame) {
    this.frame = frame;
  }

  int byteField() {
    return frame.getUnsignedByte(advance(Byte.BYTES));
  }

  int intField() {
    return frame.getInt(advance(Integer.BYTES));
  }

  long longField() {
    return frame.getLong(advance(Long.BYTES));
  }

  String textField() {
    return new String(bytesField().getBytes(), StandardCharsets.UTF_8);
  }

  /** A view of the frame, not a copy: it keeps the whole frame alive. */
  Buffer bytesField() {
    int length = intField();
    int start = advance(length);
    return frame.slice(start, start + length);
  }

  boolean hasMore() {
    return position < frame.length();
  }

  private int advance(int bytes) {
    if (bytes < 0 || bytes > frame.length() - position) {
      throw new IllegalArgumentException("frame cut short at byte " + position);
    }
    int at = position;
    position += bytes;
    return at;
  }
}
