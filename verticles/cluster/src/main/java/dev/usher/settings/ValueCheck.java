package dev.usher.settings;

import java.util.Optional;

/** Says what is wrong with one value, and what to write instead. */
final class ValueCheck {

  private final Schema schema;
  private final String shown;

  private ValueCheck(Schema schema, String shown) {
    this.schema = schema;
    this.shown = shown;
  }

  /**
   * The fault of a value, unless it has none.
   *
   * @param reference what to add to the value in the message: where it was taken from
   */
  static Optional<String> fault(Schema schema, String text, String reference) {
    String shown = schema.isSecret() ? "the secret" : Quote.of(text) + reference;
    return new ValueCheck(schema, shown).fault(text);
  }

  private static String bounds(Schema schema) {
    return schema.least().isEmpty() && schema.most().isEmpty()
        ? ""
        : " (" + schema.least().orElse("") + ".." + schema.most().orElse("") + ")";
  }

  private Optional<String> fault(String text) {
    Kind kind = schema.kind();
    if (!kind.reads(text)) {
      return not(schema.noun());
    }
    if (!schema.choices().isEmpty() && !schema.choices().contains(text)) {
      return notAChoice(text);
    }
    if (schema.pattern().filter(pattern -> !pattern.matcher(text).find()).isPresent()) {
      return not(schema.noun());
    }
    return outOfBounds(kind, kind.measure(text));
  }

  private Optional<String> outOfBounds(Kind kind, double measure) {
    if (schema.least().filter(least -> measure < kind.measure(least)).isPresent()) {
      return is(kind.tooLow());
    }
    boolean isNoInteger = kind == Kind.NUMBER && Math.abs(measure) > Integer.MAX_VALUE;
    return isNoInteger || schema.most().filter(most -> measure > kind.measure(most)).isPresent()
        ? is(kind.tooHigh())
        : Optional.empty();
  }

  private Optional<String> notAChoice(String text) {
    String choices = String.join(", ", schema.choices());
    String sentence = shown + " is not one of " + choices;
    return Optional.of(
        NearMatch.among(schema.choices(), text)
            .map(near -> sentence + "; did you mean " + near + "?")
            .orElse(sentence));
  }

  private Optional<String> not(String noun) {
    return is("not " + noun);
  }

  private Optional<String> is(String fault) {
    return Optional.of(
        "%s is %s; write %s%s".formatted(shown, fault, schema.write(), bounds(schema)));
  }
}
