package dev.usher.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Text in percent encoding, read strictly: the JDK's own decoder lets malformed UTF-8 pass as
 * question marks.
 */
final class PercentText {

  private static final int RADIX = 16;

  private PercentText() {}

  /**
   * The text that was encoded; nothing where it is malformed.
   *
   * @param plusIsBlank whether a plus stands for a blank, as in forms
   */
  static Optional<String> decode(String encoded, boolean plusIsBlank) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char character = encoded.charAt(i);
      if (character == '%') {
        int value = hex(encoded, i + 1);
        if (value < 0) {
          return Optional.empty();
        }
        bytes.write(value);
        i += 2;
      } else if (character == '+' && plusIsBlank) {
        bytes.write(' ');
      } else {
        bytes.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
      }
    }
    return utf8(bytes.toByteArray());
  }

  private static int hex(String text, int from) {
    if (from + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(from), RADIX);
    int low = Character.digit(text.charAt(from + 1), RADIX);
    return high < 0 || low < 0 ? -1 : high * RADIX + low;
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }
}
