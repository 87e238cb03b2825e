package dev.usher.runner.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The last lines that a process printed: where it ended, they say why. */
final class Tail {

  private static final int LINES = 20;
  private static final int LONGEST = 300;

  /** What a JVM says last that may not take more, and Node. */
  private static final List<String> OUT_OF_MEMORY =
      List.of("java.lang.OutOfMemoryError", "JavaScript heap out of memory");

  private final Deque<String> lines = new ArrayDeque<>();
  private String complaint = "";

  synchronized void add(String text) {
    if (text.isBlank()) {
      return;
    }
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text);
  }

  /** Adds what it printed as an error, and not in its log. */
  synchronized void complain(String text) {
    add(text);
    complaint = text.isBlank() ? complaint : lines.getLast();
  }

  /** The last line that names an error, behind a colon; nothing where none does. */
  synchronized String error() {
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).contains("error:"))
        .reduce((earlier, later) -> later)
        .map(line -> ": " + line)
        .orElse("");
  }

  /** That line, or else the last one of its complaints. */
  synchronized String most() {
    String error = error();
    return error.isEmpty() && !complaint.isEmpty() ? ": " + complaint : error;
  }

  /** Whether it may be the reason of its end that its memory was full. */
  synchronized boolean saysOutOfMemory() {
    return lines.stream().anyMatch(line -> OUT_OF_MEMORY.stream().anyMatch(line::contains));
  }

  /** All of them behind a colon, each on a line of its own. */
  synchronized String all() {
    return lines.isEmpty()
        ? ""
        : lines.stream().map(line -> "\n  " + line).collect(Collectors.joining("", ":", ""));
  }
}
