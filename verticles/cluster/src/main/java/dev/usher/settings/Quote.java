package dev.usher.settings;

import java.util.regex.Pattern;

/** Shows values in messages and listings without what must not be seen there. */
final class Quote {

  /** What stands for a secret. */
  static final String MASK = "(secret)";

  private static final int LONGEST = 60;
  private static final Pattern CREDENTIALS = Pattern.compile("//[^/\\s]*@");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Quote() {}

  /** The value in quotes: one short line. */
  static String of(String value) {
    String line = CONTROL.matcher(withoutCredentials(value)).replaceAll(" ");
    return '"' + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + '"';
  }

  /** A URL's user and password masked. */
  static String withoutCredentials(String value) {
    return CREDENTIALS.matcher(value).replaceAll("//***@");
  }
}
