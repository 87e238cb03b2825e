package dev.usher.settings;

import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Turns a parser's complaint into one sentence that says what to do. */
final class YamlFaults {

  private YamlFaults() {}

  static String sentence(MarkedYAMLException complaint) {
    String problem = String.valueOf(complaint.getProblem());
    if (problem.contains("TAB")) {
      return "a tab stands here; indent with spaces";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "a second colon in this line, or wrong indentation; put the value in quotes";
    }
    if (problem.contains("could not find expected ':'")) {
      return "the line above has no colon after its key; write key: value";
    }
    return "not YAML: "
        + problem.strip()
        + "; check the indentation, brackets and quotes of this line and the one above";
  }

  static String sentence(YAMLException complaint) {
    return complaint instanceof ReaderException unprintable
        ? "has the control character U+%04X; take it out".formatted(unprintable.getCodePoint())
        : "not YAML: " + String.valueOf(complaint.getMessage()).lines().findFirst().orElse("");
  }
}
