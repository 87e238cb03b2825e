package dev.usher.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lines of aligned columns; a column of numbers is aligned to the right. */
final class Table {

  private static final String GAP = "  ";

  private final List<Cell> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** A table with these headings; none makes a table without a heading line. */
  Table(String... headings) {
    this.headings = Stream.of(headings).map(Cell::heading).toList();
  }

  /** Adds a line. */
  void row(Cell... cells) {
    rows.add(List.of(cells));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void print(Console console) {
    List<List<Cell>> lines = new ArrayList<>();
    if (!headings.isEmpty()) {
      lines.add(headings);
    }
    lines.addAll(rows);
    lines.forEach(line -> console.print(render(line, console)));
  }

  private String render(List<Cell> line, Console console) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < line.size(); column++) {
      Cell cell = line.get(column);
      String padding = " ".repeat(width(column) - cell.width());
      String shown = cell.render(console.ansi());
      text.append(column == 0 ? "" : GAP);
      text.append(isNumeric(column) ? padding + shown : shown + padding);
    }
    return text.toString().stripTrailing();
  }

  private int width(int column) {
    return Stream.concat(Stream.of(headings), rows.stream())
        .filter(line -> column < line.size())
        .mapToInt(line -> line.get(column).width())
        .max()
        .orElse(0);
  }

  private boolean isNumeric(int column) {
    return rows.stream().allMatch(row -> column < row.size() && row.get(column).isNumber());
  }
}
