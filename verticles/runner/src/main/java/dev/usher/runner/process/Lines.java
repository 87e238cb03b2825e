package dev.usher.runner.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads a stream line by line, on a thread of its own; a line that does not end is cut. */
public final class Lines {

  /** A result has 4 KiB; nobody reads a longer line. */
  public static final int LONGEST = 8 * 1024;

  private final Consumer<String> taker;
  private final StringBuilder line = new StringBuilder();

  private Lines(Consumer<String> taker) {
    this.taker = taker;
  }

  /** Gives each line to {@code taker}; done at the end of the stream. */
  static CompletableFuture<Void> read(InputStream stream, String thread, Consumer<String> taker) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              new Lines(taker).read(stream);
              done.complete(null);
            },
            thread);
    reader.setDaemon(true);
    reader.start();
    return done;
  }

  private void read(InputStream stream) {
    char[] chunk = new char[LONGEST];
    try (Reader text = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      for (int length = text.read(chunk); length >= 0; length = text.read(chunk)) {
        for (int i = 0; i < length; i++) {
          add(chunk[i]);
        }
      }
    } catch (IOException closedByItsEnd) {
      // Then that was all.
    }
    if (line.length() > 0) {
      give();
    }
  }

  private void add(char one) {
    if (one == '\n') {
      give();
    } else if (one != '\r') {
      line.append(one);
      if (line.length() == LONGEST) {
        give();
      }
    }
  }

  private void give() {
    taker.accept(line.toString());
    line.setLength(0);
  }
}
