package dev.usher.conformance;

import dev.usher.conformance.Result.Verdict;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The results as people or programs read them. */
record Report(List<Result> results) {

  private static final int NARROWEST = 8;

  /** Whether nothing failed; what was skipped says so itself. */
  boolean isPassed() {
    return results.stream().noneMatch(result -> result.verdict() == Verdict.FAILED);
  }

  /** Handlers of which a case failed. */
  List<String> failed() {
    return results.stream()
        .filter(result -> result.verdict() == Verdict.FAILED)
        .map(Result::handler)
        .distinct()
        .toList();
  }

  /** A row for each case, a column for each handler; below it why something was not passed. */
  String table() {
    Set<String> handlers = new LinkedHashSet<>();
    Set<String> cases = new LinkedHashSet<>();
    results.forEach(result -> handlers.add(result.handler()));
    results.forEach(result -> cases.add(result.name()));
    StringBuilder table = new StringBuilder(padded("CASE", widest(cases)));
    handlers.forEach(handler -> table.append("  ").append(padded(handler, width(handler))));
    for (String name : cases) {
      table.append('\n').append(padded(name, widest(cases)));
      handlers.forEach(
          handler -> table.append("  ").append(padded(word(handler, name), width(handler))));
    }
    results.stream()
        .filter(result -> !result.detail().isEmpty())
        .forEach(result -> table.append('\n').append(why(result)));
    return table.toString().replaceAll(" +\n", "\n").stripTrailing();
  }

  /** A line for each result. */
  String json() {
    StringBuilder lines = new StringBuilder();
    for (Result result : results) {
      lines.append(
          Json.object()
              .put("handler", result.handler())
              .put("case", result.name())
              .put("result", result.verdict().name().toLowerCase(Locale.ROOT))
              .put("detail", result.detail()));
      lines.append('\n');
    }
    return lines.toString().stripTrailing();
  }

  private String word(String handler, String name) {
    return result(handler, name).map(result -> result.verdict().word()).orElse("");
  }

  private Optional<Result> result(String handler, String name) {
    return results.stream()
        .filter(result -> result.handler().equals(handler) && result.name().equals(name))
        .findFirst();
  }

  private static String why(Result result) {
    return result.handler()
        + ", "
        + result.name()
        + " "
        + result.verdict().word()
        + ": "
        + result.detail();
  }

  private static int widest(Set<String> words) {
    return words.stream().mapToInt(String::length).max().orElse(NARROWEST);
  }

  private static int width(String handler) {
    return Math.max(NARROWEST, handler.length());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
