package dev.usher.gateway.cli;

import java.util.regex.Pattern;

/** A command as a person can paste it into a shell. */
final class ShellLine {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private final StringBuilder text = new StringBuilder();

  ShellLine(String... words) {
    add(words);
  }

  void add(String... words) {
    for (String word : words) {
      text.append(text.isEmpty() ? "" : " ").append(quoted(word));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
