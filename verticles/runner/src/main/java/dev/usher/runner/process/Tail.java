package dev.usher.runner.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The last lines that a process printed: where it ended, they say why. */
final class Tail {

  private static final int LINES = 20;
  private static final int LONGEST = 300;

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (line.isBlank()) {
      return;
    }
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line);
  }

  /**
   * The line that says most, behind a colon: the last one that names an error, or the very last.
   */
  synchronized String most() {
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).contains("error:"))
        .reduce((earlier, later) -> later)
        .or(() -> Optional.ofNullable(lines.peekLast()))
        .map(line -> ": " + line)
        .orElse("");
  }

  /** All of them behind a colon, each on a line of its own. */
  synchronized String all() {
    return lines.isEmpty()
        ? ""
        : lines.stream().map(line -> "\n  " + line).collect(Collectors.joining("", ":", ""));
  }
}
