package dev.usher.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines, numbered from 1 as an editor does. Of a line over the limit
 * nothing is kept.
 */
final class LineSplitter {

  /**
   * One line.
   *
   * @param number its number
   * @param text its bytes without the line break; empty where it is too long
   * @param isTooLong whether it is over the limit
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Line(long number, byte[] text, boolean isTooLong) {

    boolean isBlank() {
      for (byte character : text) {
        if (character != ' ' && character != '\t') {
          return false;
        }
      }
      return !isTooLong;
    }
  }

  private static final byte[] NOTHING = {};

  private final int limit;
  private final Consumer<Line> lines;
  private Buffer begun = Buffer.buffer();
  private boolean isTooLong;
  private long count;

  LineSplitter(int limit, Consumer<Line> lines) {
    this.limit = limit;
    this.lines = lines;
  }

  /** The next piece of the stream. */
  void add(Buffer piece) {
    int from = 0;
    for (int i = 0; i < piece.length(); i++) {
      if (piece.getByte(i) == '\n') {
        keep(piece, from, i);
        cut();
        from = i + 1;
      }
    }
    keep(piece, from, piece.length());
  }

  /** The stream ended; the last line may lack its break. */
  void end() {
    if (isTooLong || begun.length() > 0) {
      cut();
    }
  }

  private void keep(Buffer piece, int from, int to) {
    // One more for the carriage return that some systems end a line with.
    if (isTooLong || begun.length() + to - from > limit + 1) {
      isTooLong = true;
      begun = Buffer.buffer();
    } else if (to > from) {
      begun.appendBuffer(piece, from, to - from);
    }
  }

  private void cut() {
    byte[] text = isTooLong ? NOTHING : withoutReturn(begun);
    boolean isOver = isTooLong || text.length > limit;
    begun = Buffer.buffer();
    isTooLong = false;
    lines.accept(new Line(++count, isOver ? NOTHING : text, isOver));
  }

  private static byte[] withoutReturn(Buffer line) {
    int last = line.length() - 1;
    boolean hasReturn = last >= 0 && line.getByte(last) == '\r';
    return hasReturn ? line.getBytes(0, last) : line.getBytes();
  }
}
