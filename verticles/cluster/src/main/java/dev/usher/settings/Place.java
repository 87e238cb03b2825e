package dev.usher.settings;

import java.nio.file.Path;
import java.util.Comparator;
import org.yaml.snakeyaml.error.Mark;

/**
 * Where a person wrote something.
 *
 * @param source the file as it was named, or the environment variable; empty for a default
 * @param line from 1; 0 for what has no lines
 * @param column from 1
 * @param origin who decided what stands there
 */
record Place(String source, int line, int column, Origin origin) implements Comparable<Place> {

  /** Nowhere: the value is the schema's default. */
  static final Place NONE = new Place("", 0, 0, Origin.DEFAULT);

  private static final Comparator<Place> ORDER =
      Comparator.comparing((Place place) -> place.line == 0)
          .thenComparing(Place::source)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  static Place of(Path file, Mark mark) {
    return new Place(file.toString(), mark.getLine() + 1, mark.getColumn() + 1, Origin.FILE);
  }

  static Place startOf(Path file) {
    return new Place(file.toString(), 1, 1, Origin.FILE);
  }

  static Place whole(Path file) {
    return new Place(file.toString(), 0, 0, Origin.FILE);
  }

  static Place variable(String name) {
    return new Place(name, 0, 0, Origin.ENVIRONMENT);
  }

  /** What stands under this name and JSON pointer. */
  static Place override(String name, String pointer) {
    return new Place(name + pointer, 0, 0, Origin.OVERRIDE);
  }

  /** Files by line, then what has no lines. */
  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
