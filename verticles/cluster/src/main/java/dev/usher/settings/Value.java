package dev.usher.settings;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A value of one key.
 *
 * @param texts nothing where it is not set, one text, or a list's items
 */
record Value(Schema schema, List<String> texts, Origin origin, Place place) {

  static Value ofDefault(Schema schema) {
    return new Value(schema, schema.defaults(), Origin.DEFAULT, Place.NONE);
  }

  /** What one text says; lists have commas between their items. */
  static Value ofText(Schema schema, String text, Origin origin, Place place) {
    List<String> texts = schema.kind() == Kind.LIST ? items(text) : List.of(text);
    return new Value(schema, texts, origin, place);
  }

  /** One item of this list. */
  Value item(String text, Place where) {
    return new Value(schema.items(), List.of(text), origin, where);
  }

  Value withText(String text) {
    return new Value(schema, List.of(text), origin, place);
  }

  Value withTexts(List<String> several) {
    return new Value(schema, several, origin, place);
  }

  boolean isSet() {
    return !texts.isEmpty();
  }

  String text() {
    return String.join(",", texts);
  }

  Setting shown(String key) {
    String value = schema.isSecret() && isSet() ? Quote.MASK : Quote.withoutCredentials(text());
    return new Setting(key, value, origin, place.toString(), schema.description());
  }

  /** The record's own text would show secrets. */
  @Override
  public String toString() {
    return shown("").value();
  }

  private static List<String> items(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(Predicate.not(String::isEmpty))
        .toList();
  }
}
