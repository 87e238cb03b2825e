package dev.usher.gateway.http;

import com.networknt.schema.Error;
import java.util.Locale;

/**
 * What is wrong with a field, in plain words and without its value: answers get logged by clients,
 * and a value may be somebody's.
 */
final class FaultWords {

  private static final int MAX_LENGTH = 200;

  private FaultWords() {}

  static String of(Error error) {
    String words = words(error);
    return words.length() <= MAX_LENGTH ? words : words.substring(0, MAX_LENGTH) + "…";
  }

  private static String words(Error error) {
    return switch (String.valueOf(error.getKeyword())) {
      case "required" -> "is required";
      case "dependentRequired" -> "is required beside " + argument(error, 1);
      case "type" -> "must be " + type(argument(error, 1));
      case "format" -> format(error.getSchemaNode().asText());
      case "minLength" -> minLength(argument(error, 0));
      case "minimum" -> "must be at least " + argument(error, 0);
      case "maximum" -> "must be at most " + argument(error, 0);
      case "exclusiveMinimum" -> "must be more than " + argument(error, 0);
      case "exclusiveMaximum" -> "must be less than " + argument(error, 0);
      case "multipleOf" -> "must be a multiple of " + argument(error, 0);
      case "pattern" -> "must match " + argument(error, 0);
      case "enum" -> "must be one of " + argument(error, 0);
      case "const" -> "must be " + error.getSchemaNode();
      case "uniqueItems" -> "must not hold the same value twice";
      case "minItems" -> "must have at least " + argument(error, 0) + " items";
      case "maxItems" -> "must have at most " + argument(error, 0) + " items";
      case "contains", "minContains", "maxContains" ->
          "must hold as many fitting items as the schema asks for";
      case "additionalProperties", "unevaluatedProperties" -> "is not a key that the schema knows";
      case "propertyNames" -> "has a key that the schema does not allow";
      case "not", "false" -> "is not allowed by the schema";
      case "anyOf" -> "must fit one of the schema's choices";
      case "oneOf" -> "must fit exactly one of the schema's choices";
      // Keywords of the schema's own words only; no value is among their arguments.
      case "maxLength", "minProperties", "maxProperties" -> error.getMessage();
      default -> "does not fit \"" + error.getKeyword() + "\" of the schema";
    };
  }

  private static String minLength(String limit) {
    return limit.equals("1")
        ? "must not be empty"
        : "must be at least " + limit + " characters long";
  }

  private static String format(String name) {
    return switch (name) {
      case "email" -> "must be an email address, such as name@example.com";
      case "date" -> "must be a date, such as 2026-01-31";
      case "date-time" -> "must be a time, such as 2026-01-31T12:00:00Z";
      case "uri" -> "must be a URI, such as https://example.com/";
      default -> "must be a valid " + name;
    };
  }

  private static String type(String names) {
    return switch (names) {
      case "string" -> "text";
      case "number" -> "a number";
      case "integer" -> "a whole number";
      case "boolean" -> "true or false";
      case "array" -> "an array";
      case "object" -> "an object";
      case "null" -> "null";
      default -> "one of " + names.toLowerCase(Locale.ROOT);
    };
  }

  static String argument(Error error, int index) {
    Object[] arguments = error.getArguments();
    return arguments == null || arguments.length <= index ? "" : String.valueOf(arguments[index]);
  }
}
