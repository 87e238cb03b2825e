package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a signup must look like: the user's JSON schema, and two rules that no schema can turn off.
 * Thread-safe.
 */
public final class PayloadSchema {

  private static final List<String> SHOWN_TO_PEOPLE = List.of("username", "email");

  private static final String CONTROL_CHARACTERS =
      "must not contain control characters or line breaks";
  private static final int LINE_SEPARATOR = 0x2028;
  private static final int PARAGRAPH_SEPARATOR = 0x2029;
  private static final int MAX_FAULTS = 100;

  /** Keywords whose fault lies with a key of the object rather than with the object. */
  private static final Set<String> ABOUT_A_KEY =
      Set.of("required", "dependentRequired", "additionalProperties", "unevaluatedProperties");

  private final Schema schema;

  /**
   * Compiles a schema (draft 2020-12).
   *
   * @throws IllegalArgumentException when it is no JSON schema
   */
  public PayloadSchema(String schema) {
    try {
      JsonNode tree = tree(schema);
      mustBeOne(tree);
      this.schema = registry().getSchema(tree);
      this.schema.initializeValidators();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a JSON schema: " + e.getMessage(), e);
    }
  }

  private static SchemaRegistry registry() {
    Dialect dialect = Dialect.builder(Dialects.getDraft202012()).format(new EmailFormat()).build();
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ENGLISH)
            .build();
    return SchemaRegistry.withDialect(dialect, builder -> builder.schemaRegistryConfig(config));
  }

  private static JsonNode tree(String schema) {
    JsonNode tree = Json.read(schema);
    if (!tree.isObject() && !tree.isBoolean()) {
      throw new IllegalArgumentException("a schema is an object, or true or false");
    }
    return tree;
  }

  /** A keyword with a value that it can't have would be passed over, or refuse every signup. */
  private static void mustBeOne(JsonNode tree) {
    Schema schemas = registry().getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));
    List<String> faults =
        schemas.validate(tree).stream()
            .map(error -> error.getInstanceLocation() + " " + FaultWords.of(error))
            .distinct()
            .toList();
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  /** Everything that is wrong with a payload, up to a number that no person reads. */
  List<Problem.Fault> faults(JsonNode payload) {
    List<Problem.Fault> faults = new ArrayList<>();
    for (Error error : errors(payload)) {
      if (faults.size() < MAX_FAULTS) {
        faults.add(fault(error));
      }
    }
    for (String key : SHOWN_TO_PEOPLE) {
      if (isUnfit(payload.path(key).textValue())) {
        faults.add(new Problem.Fault("/" + key, "control-characters", CONTROL_CHARACTERS));
      }
    }
    return faults;
  }

  /** Some numbers are JSON and yet too large for the validator to compare. */
  private List<Error> errors(JsonNode payload) {
    try {
      return schema.validate(payload);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Refused(
          new Problem(422, "number", "A number in the signup is too large to be checked."));
    }
  }

  private static boolean isUnfit(@Nullable String text) {
    if (text == null) {
      return false;
    }
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (isUnfit(text.codePointAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Line breaks inject mail headers; lone surrogates are no characters at all. */
  private static boolean isUnfit(int character) {
    return Character.isISOControl(character)
        || character == LINE_SEPARATOR
        || character == PARAGRAPH_SEPARATOR
        || Character.getType(character) == Character.SURROGATE;
  }

  private static Problem.Fault fault(Error error) {
    String at = error.getInstanceLocation().toString();
    String code = String.valueOf(error.getKeyword());
    String pointer = ABOUT_A_KEY.contains(code) ? at + "/" + escaped(key(error)) : at;
    return new Problem.Fault(pointer, code, FaultWords.of(error));
  }

  private static String key(Error error) {
    return FaultWords.argument(error, 0);
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
