package dev.usher.settings;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * A JSON schema (draft 2020-12), as far as settings need one: {@code type, properties,
 * additionalProperties, propertyNames, required, dependentRequired, items, enum, pattern, minimum,
 * maximum, default, description, writeOnly}, and {@code oneOf} of groups that each require one key.
 * It is the only place that knows keys, defaults and what to tell a person, for which it has
 * keywords of its own:
 *
 * <ul>
 *   <li>{@code x-type}: {@code duration}, {@code size} or {@code ports}, each written as text
 *   <li>{@code x-min}, {@code x-max}: bounds of a duration or size
 *   <li>{@code x-at-least}: name of a key beside this one whose value this one must reach
 *   <li>{@code x-is}: what a value that does not match {@code pattern} is not
 *   <li>{@code x-write}: what to write instead
 * </ul>
 *
 * <p>Not a general validator: one adds a library to every handler's jar, can't say what to write,
 * and takes twice as long to start. With logging and Jackson already warm, json-schema-validator
 * 2.0.1 took 110 to 390 ms for gateway.yaml in fresh JVMs on two busy cores, this 65 to 190 ms. A
 * test holds the shipped files against that validator too.
 */
final class Schema {

  private final JsonObject json;
  private final Kind kind;
  private final Map<String, Schema> properties = new LinkedHashMap<>();

  Schema(JsonObject json) {
    this.json = json;
    this.kind = kindOf(json);
    JsonObject named = json.getJsonObject("properties", new JsonObject());
    named.fieldNames().forEach(name -> properties.put(name, new Schema(named.getJsonObject(name))));
  }

  Kind kind() {
    return kind;
  }

  boolean isGroup() {
    return kind == Kind.GROUP;
  }

  boolean isSecret() {
    return json.getBoolean("writeOnly", false);
  }

  /** Whether names that no property has are anyone's: nothing is known about their values. */
  boolean isOpen() {
    return isGroup()
        && !(json.getValue("additionalProperties") instanceof JsonObject)
        && json.getBoolean("additionalProperties", true);
  }

  /** The named values below this one. */
  Map<String, Schema> properties() {
    return properties;
  }

  /** The property of this name; there is one. */
  Schema property(String name) {
    return Objects.requireNonNull(properties.get(name), name);
  }

  /** What stands below any other name, where names are the person's to choose. */
  Optional<Schema> others() {
    return json.getValue("additionalProperties") instanceof JsonObject others
        ? Optional.of(new Schema(others))
        : Optional.empty();
  }

  /** What the names of {@link #others} are. */
  Schema names() {
    return new Schema(json.getJsonObject("propertyNames", new JsonObject()).put("type", "string"));
  }

  /** What each item of a list is. */
  Schema items() {
    return new Schema(json.getJsonObject("items", new JsonObject().put("type", "string")));
  }

  Collection<String> required() {
    return texts("required");
  }

  /** Names of which exactly one must be there; none where the schema does not say so. */
  List<String> alternatives() {
    return json.getJsonArray("oneOf", new JsonArray()).stream()
        .map(one -> ((JsonObject) one).getJsonArray("required").getString(0))
        .toList();
  }

  /** Names that need others beside them, with those. */
  Map<String, List<String>> companions() {
    JsonObject needs = json.getJsonObject("dependentRequired", new JsonObject());
    Map<String, List<String>> companions = new LinkedHashMap<>();
    for (String name : needs.fieldNames()) {
      companions.put(name, needs.getJsonArray(name).stream().map(String::valueOf).toList());
    }
    return companions;
  }

  String description() {
    return json.getString("description", "");
  }

  List<String> defaults() {
    return texts("default");
  }

  List<String> choices() {
    return texts("enum");
  }

  Optional<Pattern> pattern() {
    return find("pattern").map(Pattern::compile);
  }

  Optional<String> least() {
    return find("x-min").or(() -> find("minimum"));
  }

  Optional<String> most() {
    return find("x-max").or(() -> find("maximum"));
  }

  Optional<String> atLeast() {
    return find("x-at-least");
  }

  String noun() {
    return json.getString("x-is", kind.noun());
  }

  /** What to write: the schema's words, else what the default or the choices show. */
  String write() {
    return find("x-write")
        .or(() -> defaults().stream().findFirst())
        .orElseGet(() -> String.join(", ", isGroup() ? properties.keySet() : choices()));
  }

  /** Whether it is a list whose items have keys of their own. */
  boolean isGroups() {
    return kind == Kind.GROUPS;
  }

  /** Every single value that has a fixed key, in the order of the schema. */
  void eachValue(String key, BiConsumer<String, Schema> visit) {
    properties.forEach(
        (name, schema) -> {
          String below = Keys.below(key, name);
          if (schema.isGroup()) {
            schema.eachValue(below, visit);
          } else if (!schema.isGroups()) {
            visit.accept(below, schema);
          }
        });
  }

  /** What is known of the single value with this dotted key. */
  Optional<Schema> value(String key) {
    Map<String, Schema> known = new LinkedHashMap<>();
    eachValue("", known::put);
    return Optional.ofNullable(known.get(key));
  }

  /** The dotted keys of every single value. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    eachValue("", (key, schema) -> keys.add(key));
    return keys;
  }

  private Optional<String> find(String keyword) {
    return Optional.ofNullable(json.getValue(keyword)).map(String::valueOf);
  }

  private List<String> texts(String keyword) {
    Object value = json.getValue(keyword);
    if (value instanceof JsonArray several) {
      return several.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(String.valueOf(value));
  }

  private static boolean hasGroups(JsonObject list) {
    return list.getJsonObject("items", new JsonObject()).containsKey("properties");
  }

  private static Kind kindOf(JsonObject json) {
    Object types = json.getValue("type", "object");
    Object type = types instanceof JsonArray several ? several.getValue(0) : types;
    return switch (json.getString("x-type", String.valueOf(type))) {
      case "duration" -> Kind.DURATION;
      case "size" -> Kind.SIZE;
      case "ports" -> Kind.PORTS;
      case "integer" -> Kind.NUMBER;
      case "number" -> Kind.DECIMAL;
      case "boolean" -> Kind.FLAG;
      case "array" -> hasGroups(json) ? Kind.GROUPS : Kind.LIST;
      case "object" -> Kind.GROUP;
      default -> Kind.TEXT;
    };
  }
}
