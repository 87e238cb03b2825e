package dev.usher.gateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some lines of a file that is imported. Cut the same way at each run, so that a batch sent again
 * is known again.
 *
 * @param number its place among the batches, from 1
 * @param linesBefore how many lines of the file come before
 * @param lines its lines, each byte one character
 */
record ImportBatch(long number, long linesBefore, List<String> lines) {

  /** Few enough that the results fit into buffers: a simple client reads only once it has sent. */
  private static final int MOST_LINES = 500;

  private static final int MOST_BYTES = 1 << 20;

  /** The lines after this batch, or nothing where there are none. */
  Optional<ImportBatch> next(BufferedReader file) throws IOException {
    List<String> following = new ArrayList<>();
    int bytes = 0;
    while (following.size() < MOST_LINES && bytes < MOST_BYTES) {
      String line = file.readLine();
      if (line == null) {
        break;
      }
      following.add(line);
      bytes += line.length();
    }
    return following.isEmpty()
        ? Optional.empty()
        : Optional.of(new ImportBatch(number + 1, linesBefore + lines.size(), following));
  }

  /** Before the first. */
  static ImportBatch none() {
    return new ImportBatch(0, 0, List.of());
  }

  byte[] body() {
    return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** As many as it took in the file. */
  long bytes() {
    return lines.stream().mapToLong(line -> line.length() + 1L).sum();
  }

  long signups() {
    return lines.stream().filter(line -> !line.isBlank()).count();
  }

  /** A line's text, by its number within the batch. */
  String text(int line) {
    return new String(
        lines.get(line - 1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
