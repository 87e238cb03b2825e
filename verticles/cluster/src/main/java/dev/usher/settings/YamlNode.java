package dev.usher.settings;

import java.util.List;
import java.util.Map;

/** A piece of a YAML file that remembers where it stands; references are already replaced. */
sealed interface YamlNode {

  Place place();

  /**
   * One value.
   *
   * @param text the value, with the environment's values in it
   * @param source the value as the file has it
   * @param isNothing whether nothing was written, or {@code null} or {@code ~}
   */
  record Scalar(Place place, String text, String source, boolean isNothing) implements YamlNode {

    /** Whether the text, or a part of it, comes from the environment. */
    boolean isInterpolated() {
      return !source.equals(text);
    }

    /** What to add to the value in a message. */
    String reference() {
      return isInterpolated() ? " (from " + source + ")" : "";
    }

    /** The record's own text would show secrets. */
    @Override
    public String toString() {
      return "scalar at " + place;
    }
  }

  /** Named values, in the order of the file. */
  record Mapping(Place place, Map<String, Entry> entries) implements YamlNode {}

  /** Several values. */
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {}

  /** A value, and where its name stands. */
  record Entry(Place keyPlace, YamlNode value) {}
}
