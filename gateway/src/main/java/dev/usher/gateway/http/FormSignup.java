package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A signup from a plain HTML form. Each field becomes a key with text; a form knows nothing else. A
 * field left empty counts as not there: browsers send it all the same. A ticked box is {@code "on"}
 * or what its {@code value} says, one that is not ticked is not sent.
 */
final class FormSignup {

  private FormSignup() {}

  /**
   * The payload that a form stands for.
   *
   * @throws Refused where the body is no form, or a field comes twice
   */
  static ObjectNode read(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    ObjectNode payload = Json.mapper().createObjectNode();
    if (text.isBlank()) {
      throw new Refused(new Problem(400, "empty-body", "The form is empty; send its fields."));
    }
    for (String field : text.split("&", -1)) {
      if (!field.isEmpty()) {
        add(field, payload);
      }
    }
    return payload;
  }

  private static void add(String field, ObjectNode payload) {
    int equals = field.indexOf('=');
    String name = decode(equals < 0 ? field : field.substring(0, equals));
    String value = decode(equals < 0 ? "" : field.substring(equals + 1));
    if (value.isEmpty()) {
      return;
    }
    if (payload.has(name)) {
      throw new Refused(
          new Problem(400, "repeated-field", "A field of the form comes twice; name each once."));
    }
    payload.put(name, value);
  }

  private static String decode(String encoded) {
    Optional<String> text =
        encoded.chars().allMatch(FormSignup::isAscii)
            ? PercentText.decode(encoded, true)
            : Optional.empty();
    return text.orElseThrow(
        () ->
            new Refused(
                new Problem(
                    400,
                    "malformed-form",
                    "The form is not percent-encoded UTF-8; send it as a browser does.")));
  }

  private static boolean isAscii(int character) {
    return character < 128;
  }
}
