package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a signup must look like: the user's JSON schema, and two rules that no schema can turn off.
 * Thread-safe.
 */
public final class PayloadSchema {

  private static final List<String> SHOWN_TO_PEOPLE = List.of("username", "email");

  private final Schema schema;

  /**
   * Compiles a schema (draft 2020-12).
   *
   * @throws IllegalArgumentException when it is no JSON schema
   */
  public PayloadSchema(String schema) {
    Dialect dialect = Dialect.builder(Dialects.getDraft202012()).format(new EmailFormat()).build();
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ENGLISH)
            .build();
    try {
      this.schema =
          SchemaRegistry.withDialect(dialect, builder -> builder.schemaRegistryConfig(config))
              .getSchema(schema, InputFormat.JSON);
      this.schema.initializeValidators();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a JSON schema: " + e.getMessage(), e);
    }
  }

  /** Everything that is wrong with a payload. */
  List<Problem.Fault> faults(JsonNode payload) {
    List<Problem.Fault> faults = new ArrayList<>();
    for (Error error : schema.validate(payload)) {
      faults.add(fault(error));
    }
    for (String key : SHOWN_TO_PEOPLE) {
      JsonNode value = payload.path(key);
      if (value.isTextual() && value.textValue().chars().anyMatch(PayloadSchema::isUnfit)) {
        faults.add(
            new Problem.Fault(
                "/" + key, "control-characters", "must not contain control characters"));
      }
    }
    return faults;
  }

  /** Line breaks inject mail headers; lone surrogates are no characters at all. */
  private static boolean isUnfit(int character) {
    return Character.isISOControl(character)
        || character == '\u2028'
        || character == '\u2029'
        || Character.isSurrogate((char) character);
  }

  private static Problem.Fault fault(Error error) {
    String at = error.getInstanceLocation().toString();
    String property = error.getProperty();
    boolean isAboutMissing = "required".equals(error.getKeyword()) && property != null;
    String pointer = isAboutMissing ? at + "/" + escaped(property) : at;
    String detail = isAboutMissing ? "is required" : detail(error);
    return new Problem.Fault(pointer, String.valueOf(error.getKeyword()), detail);
  }

  /** The validator's own words, without the place, which the pointer names. */
  private static String detail(Error error) {
    if ("format".equals(error.getKeyword())) {
      return "is not a valid " + error.getSchemaNode().asText();
    }
    return error.getMessage();
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
