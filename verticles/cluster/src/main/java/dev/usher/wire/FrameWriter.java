package dev.usher.wire;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Appends the fields of a frame one after another; not thread-safe. */
final class FrameWriter {

  private final Buffer frame;

  FrameWriter(int expectedBytes) {
    frame = Buffer.buffer(expectedBytes);
  }

  @CanIgnoreReturnValue
  FrameWriter byteField(int value) {
    frame.appendByte((byte) value);
    return this;
  }

  @CanIgnoreReturnValue
  FrameWriter intField(int value) {
    frame.appendInt(value);
    return this;
  }

  @CanIgnoreReturnValue
  FrameWriter longField(long value) {
    frame.appendLong(value);
    return this;
  }

  @CanIgnoreReturnValue
  FrameWriter textField(String text) {
    return bytesField(text.getBytes(StandardCharsets.UTF_8));
  }

  @CanIgnoreReturnValue
  FrameWriter bytesField(byte[] bytes) {
    frame.appendInt(bytes.length).appendBytes(bytes);
    return this;
  }

  Buffer done() {
    return frame;
  }
}
