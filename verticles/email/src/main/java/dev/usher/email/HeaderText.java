package dev.usher.email;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text as a mail header may carry it. The mail client's own encoder is not used for this: it lets
 * line breaks through, which would be headers of a stranger's choice, and takes characters outside
 * the basic plane (emoji, rare names) for two broken ones.
 */
final class HeaderText {

  /** Fits a line of 76 characters (RFC 2047, section 2) after {@code Subject: }. */
  private static final int MAX_WORD_BYTES = 39;

  /** RFC 5322, section 2.1.1, with room for the name of the header. */
  private static final int MAX_PLAIN = 900;

  private static final Pattern ASCII = Pattern.compile("[\\x20-\\x7e]*");
  private static final Pattern ATOMS = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*");

  private HeaderText() {}

  /** Whether there is a character that could end the line, or that no reader would see. */
  static boolean hasControls(String text) {
    return text.codePoints().anyMatch(HeaderText::isControl);
  }

  /**
   * Free text, such as a subject.
   *
   * @throws IllegalArgumentException for a control character
   */
  static String unstructured(String text) {
    requireNoControls(text);
    return isPlain(text) ? text : encodedWords(text);
  }

  /**
   * A display name, such as the one before an address.
   *
   * @throws IllegalArgumentException for a control character
   */
  static String phrase(String text) {
    requireNoControls(text);
    if (!isPlain(text)) {
      return encodedWords(text);
    }
    return ATOMS.matcher(text).matches() ? text : quoted(text);
  }

  private static boolean isControl(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static void requireNoControls(String text) {
    if (hasControls(text)) {
      throw new IllegalArgumentException("a control character in a mail header");
    }
  }

  /** What looks like an encoded word would be read as one, so it is no plain text. */
  private static boolean isPlain(String text) {
    return text.length() <= MAX_PLAIN && ASCII.matcher(text).matches() && !text.contains("=?");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String encodedWords(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int bytes = 0;
    for (int character : text.codePoints().toArray()) {
      int size = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size > MAX_WORD_BYTES) {
        words.add(encodedWord(word.toString()));
        word.setLength(0);
        bytes = 0;
      }
      word.appendCodePoint(character);
      bytes += size;
    }
    words.add(encodedWord(word.toString()));
    return String.join("\r\n ", words);
  }

  private static String encodedWord(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(utf8) + "?=";
  }
}
