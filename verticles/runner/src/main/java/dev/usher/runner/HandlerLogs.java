package dev.usher.runner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last lines that each handler of this runner has logged, by its name. For any thread. */
final class HandlerLogs {

  /** Of one handler; older ones make room. */
  static final int MAX_LINES = 1_000;

  /** Of one handler, in characters. */
  static final int MAX_LENGTH = 512 * 1024;

  private final Map<String, Lines> byHandler = new ConcurrentHashMap<>();

  private static final class Lines {
    private final Deque<LogLine> lines = new ArrayDeque<>();
    private int length;

    private synchronized void add(LogLine line) {
      lines.addLast(line);
      length += line.text().length();
      while (lines.size() > MAX_LINES || length > MAX_LENGTH) {
        length -= lines.removeFirst().text().length();
      }
    }

    private synchronized List<LogLine> last(int count) {
      return lines.stream().skip(Math.max(0, lines.size() - count)).toList();
    }
  }

  /** Keeps a line for a while. */
  void add(String handler, LogLine line) {
    byHandler.computeIfAbsent(handler, any -> new Lines()).add(line);
  }

  /** The last lines of a handler, oldest first. */
  List<LogLine> last(String handler, int count) {
    Lines lines = byHandler.get(handler);
    return lines == null ? List.of() : lines.last(count);
  }

  /** Forgets a handler. */
  void forget(String handler) {
    byHandler.remove(handler);
  }
}
