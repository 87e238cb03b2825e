package dev.usher.benchmark.figures;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a figure's median shall reach.
 *
 * @param atLeast what it must reach
 * @param aim what is better still: larger than that where more is better, smaller where less is
 */
public record Goal(
    String words, String part, String row, Column column, double atLeast, double aim) {

  /** All of them. */
  public static final List<Goal> ALL =
      List.of(
          new Goal(
              "accepted/s, 64 connections, × floor",
              "accepted",
              "64 connections",
              Column.RATIO,
              0.40,
              0.55),
          new Goal(
              "completed/s, 2 actions, × floor",
              "completed",
              "64 connections",
              Column.RATIO,
              0.20,
              0.32),
          new Goal(
              "p99 of the 202 at half of that accepting load, ms",
              "accepted",
              "half of that rate",
              Column.P99,
              5,
              2),
          new Goal(
              "p99 of the 202 at half of that completing load, ms",
              "completed",
              "half of that rate",
              Column.P99,
              5,
              2),
          new Goal(
              "POST → completed at 100/s, p50, ms", "latency", "to completed", Column.P50, 6, 2.5),
          new Goal(
              "POST → completed at 100/s, p99, ms", "latency", "to completed", Column.P99, 20, 8),
          new Goal(
              "accepted/s with the backlog, × empty",
              "backlog",
              "accepting, all wait",
              Column.BESIDE_EMPTY,
              0.8,
              0.95),
          new Goal(
              "accepted/s with 10,000,000 settled, × empty",
              "growth",
              "10,000,000 settled",
              Column.BESIDE_EMPTY,
              0.85,
              0.95),
          new Goal(
              "gateway to ready, clustered, AppCDS, s",
              "startup",
              "gateway, AppCDS",
              Column.READY,
              1.2,
              0.7));

  private boolean isMoreBetter() {
    return aim > atLeast;
  }

  private boolean reaches(double value, double mark) {
    return isMoreBetter() ? value >= mark : value <= mark;
  }

  /** Whether it was reached, in a word; empty where it was not measured. */
  public Optional<String> verdict(Measurements measurements) {
    return measurements.spread(part, row, column).map(spread -> verdict(spread.median()));
  }

  private String verdict(double median) {
    if (reaches(median, aim)) {
      return "aim reached";
    }
    return reaches(median, atLeast) ? "reached" : "**missed**";
  }

  /** A mark as people write it. */
  public String told(double mark) {
    return (isMoreBetter() ? "≥ " : "≤ ")
        + String.format(Locale.ROOT, "%s", mark).replaceAll("\\.0$", "");
  }
}
