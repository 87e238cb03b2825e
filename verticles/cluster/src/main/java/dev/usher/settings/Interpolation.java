package dev.usher.settings;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces references to environment variables: <code>${NAME}</code> and <code>${NAME:-default}
 * </code>. As in a shell, the default also stands in for an empty variable. A second dollar sign
 * before the brace leaves the text as it is.
 */
final class Interpolation {

  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(?<escaped>\\$\\{)|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<fallback>[^}]*))?\\}"
              + "|(?<broken>\\$\\{)");

  private final Map<String, String> environment;

  Interpolation(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The text with its references replaced; what can't be replaced is told to {@code fault}. */
  String resolve(String text, Consumer<String> fault) {
    if (!text.contains("${")) {
      return text;
    }
    return REFERENCE.matcher(text).replaceAll(found -> literal((Matcher) found, fault));
  }

  private String literal(Matcher found, Consumer<String> fault) {
    return Matcher.quoteReplacement(replacement(found, fault));
  }

  private String replacement(Matcher found, Consumer<String> fault) {
    if (found.group("escaped") != null) {
      return "${";
    }
    if (found.group("broken") != null) {
      fault.accept("\"${\" begins no reference; write ${NAME} or ${NAME:-default}, or $${ for ${");
      return "";
    }
    return value(found, fault);
  }

  private String value(Matcher found, Consumer<String> fault) {
    String name = found.group("name");
    String value = environment.get(name);
    String fallback = found.group("fallback");
    if (fallback != null) {
      return value == null || value.isEmpty() ? fallback : value;
    }
    if (value == null) {
      fault.accept(
          "the environment has no %s; set it, or write ${%s:-default}".formatted(name, name));
      return "";
    }
    return value;
  }
}
