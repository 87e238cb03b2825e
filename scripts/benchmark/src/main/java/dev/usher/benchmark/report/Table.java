package dev.usher.benchmark.report;

import dev.usher.benchmark.figures.Column;
import dev.usher.benchmark.figures.Measurements;
import dev.usher.benchmark.figures.Spread;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of a part as a Markdown table: median, and in brackets the least and the most. */
record Table(Measurements measurements, String part) {

  String markdown() {
    List<Column> columns = measurements.columns(part).stream().filter(this::tellsAnything).toList();
    StringBuilder table = new StringBuilder("| |");
    columns.forEach(column -> table.append(' ').append(column.name()).append(" |"));
    table.append("\n| --- |").append(" ---: |".repeat(columns.size())).append('\n');
    for (String row : measurements.rows(part)) {
      table.append("| ").append(row).append(" | ");
      table.append(
          columns.stream().map(column -> cell(row, column)).collect(Collectors.joining(" | ")));
      table.append(" |\n");
    }
    return table.toString();
  }

  /** That nothing was refused need not be said in every row. */
  private boolean tellsAnything(Column column) {
    return !column.equals(Column.REFUSED)
        || measurements.rows(part).stream()
            .flatMap(row -> measurements.values(part, row, column).stream())
            .anyMatch(count -> count > 0);
  }

  private String cell(String row, Column column) {
    return measurements.spread(part, row, column).map(spread -> told(spread, column)).orElse("–");
  }

  static String told(Spread spread, Column column) {
    String median = number(spread.median(), column);
    String least = number(spread.min(), column);
    String most = number(spread.max(), column);
    return least.equals(most) ? median : median + " (" + least + "–" + most + ")";
  }

  private static String number(double value, Column column) {
    return String.format(Locale.ROOT, "%,." + column.decimals() + "f", value);
  }
}
