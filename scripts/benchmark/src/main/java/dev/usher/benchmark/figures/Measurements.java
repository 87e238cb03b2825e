package dev.usher.benchmark.figures;

import dev.usher.benchmark.load.Load;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Every figure of every round, by part, row and column, in the order in which they came. */
public final class Measurements {

  /** Times of one row in one round. */
  public record Times(String part, String row, int round, Histogram micros) {}

  private final Map<String, Map<String, Map<Column, List<Double>>>> figures = new LinkedHashMap<>();
  private final List<Times> times = new ArrayList<>();

  /** Keeps a figure of the present round. */
  public void add(String part, String row, Column column, double value) {
    figures
        .computeIfAbsent(part, name -> new LinkedHashMap<>())
        .computeIfAbsent(row, name -> new LinkedHashMap<>())
        .computeIfAbsent(column, name -> new ArrayList<>())
        .add(value);
  }

  /** Keeps how long answers took, and how many there were none. */
  public void addTimes(String part, String row, Load load) {
    add(part, row, Column.P50, load.millis(50));
    add(part, row, Column.P99, load.millis(99));
    add(part, row, Column.P999, load.millis(99.9));
    add(part, row, Column.REFUSED, (double) load.refused());
    int round = values(part, row, Column.P50).size();
    times.add(new Times(part, row, round, load.micros()));
  }

  /** A figure of all rounds so far, the first round's first; empty where there is none. */
  public List<Double> values(String part, String row, Column column) {
    return List.copyOf(
        figures
            .getOrDefault(part, Map.of())
            .getOrDefault(row, Map.of())
            .getOrDefault(column, List.of()));
  }

  /** The figure of the present round. */
  public Optional<Double> latest(String part, String row, Column column) {
    List<Double> values = values(part, row, column);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /** What the rounds gave for a figure. */
  public Optional<Spread> spread(String part, String row, Column column) {
    List<Double> values = values(part, row, column);
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }

  /** The rows of a part. */
  public Set<String> rows(String part) {
    return figures.getOrDefault(part, Map.of()).keySet();
  }

  /** The columns of a part. */
  public List<Column> columns(String part) {
    return figures.getOrDefault(part, Map.of()).values().stream()
        .map(Map::keySet)
        .flatMap(Collection::stream)
        .distinct()
        .toList();
  }

  /** The parts. */
  public Set<String> parts() {
    return figures.keySet();
  }

  /** Every histogram. */
  public List<Times> times() {
    return times;
  }
}
