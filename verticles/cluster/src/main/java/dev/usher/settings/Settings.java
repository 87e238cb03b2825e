package dev.usher.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of one process: its YAML file under environment variables, checked against the JSON
 * schema in its jar, which also has every default. Immutable, and its text shows no secret.
 *
 * <p>Asking for a key that the schema does not have is an error of the program, not of the person:
 * {@link IllegalArgumentException}.
 */
public final class Settings {

  private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

  private final Schema schema;
  private final Variables variables;
  private final Map<String, Value> values;
  private final Map<String, List<String>> names;
  private final List<Problem> warnings;

  private Settings(Schema schema, Variables variables, Values read, List<Problem> warnings) {
    this.schema = schema;
    this.variables = variables;
    this.values = Map.copyOf(read.byKey());
    this.names = Map.copyOf(read.names());
    this.warnings = warnings;
  }

  /**
   * Reads {@code <name>.yaml}, which may be missing, and the environment. Logs a warning for a
   * variable that looks like a setting but is none.
   *
   * @throws InvalidSettings naming every problem
   */
  public static Settings load(String name, Path config, Map<String, String> environment)
      throws InvalidSettings {
    return load(name, config, environment, Map.of());
  }

  /**
   * The same for a process that was deployed with values of its own, by their dotted keys, which
   * win over file and environment. A value for a secret, or for a key that no schema describes, may
   * be a reference: {@code file:/path} or {@code env:NAME}.
   *
   * @throws InvalidSettings naming every problem
   */
  public static Settings load(
      String name, Path config, Map<String, String> environment, Map<String, String> deployed)
      throws InvalidSettings {
    Path file = config.resolve(name + ".yaml");
    return load(name, file, Files.exists(file) ? fileText(file) : "", environment, deployed);
  }

  /** The same of a file's text already read. */
  static Settings load(String name, Path file, String text, Map<String, String> environment)
      throws InvalidSettings {
    return load(name, file, text, environment, Map.of());
  }

  private static Settings load(
      String name,
      Path file,
      String text,
      Map<String, String> environment,
      Map<String, String> deployed)
      throws InvalidSettings {
    Schema schema = Schemas.ofProcess(name);
    Faults faults = new Faults();
    Values values = read(file, text, schema, environment, List.of(), faults);
    Variables variables = new Variables(name, environment);
    variables.override(schema, values);
    new DeployedValues(environment, faults).override(deployed, schema, values);
    values.compareSiblings();
    faults.throwIfAny();
    List<Problem> warnings = variables.ofNoUse(schema);
    warnings.forEach(warning -> LOG.warn("{}", warning));
    return new Settings(schema, variables, values, warnings);
  }

  /**
   * Reads a file that the environment does not override, though {@code ${NAME}} works in it.
   *
   * @param file what messages call it
   * @param text its content
   * @param schema name of the schema resource it is checked against
   * @throws InvalidSettings naming every problem
   */
  public static Settings parse(
      Path file, String text, String schema, Map<String, String> environment)
      throws InvalidSettings {
    return parse(file, text, schema, environment, List.of());
  }

  /**
   * The same with values laid over the file's. All of it is checked together, so what is wrong with
   * an overlay is told like what is wrong with the file.
   *
   * @throws InvalidSettings naming every problem
   */
  public static Settings parse(
      Path file,
      String text,
      String schema,
      Map<String, String> environment,
      List<Overlay> overlays)
      throws InvalidSettings {
    Schema known = Schemas.named(schema);
    Faults faults = new Faults();
    Values values = read(file, text, known, environment, overlays, faults);
    values.compareSiblings();
    faults.throwIfAny();
    return new Settings(known, new Variables(schema, Map.of()), values, List.of());
  }

  /**
   * The text of a file.
   *
   * @throws InvalidSettings when it can't be read
   */
  public static String fileText(Path file) throws InvalidSettings {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw unreadable(file, "is not UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      throw unreadable(file, "can't be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** The value of a key that has a default or was set; lists with commas. */
  public String text(String key) {
    return find(key).orElseThrow(() -> new NoSuchElementException(key + " is not set"));
  }

  /** The value of a key, if it was set or has a default. */
  public Optional<String> find(String key) {
    return value(key).filter(Value::isSet).map(Value::text);
  }

  /** Where the value of a key was written: file, line and column, or the variable. */
  public String place(String key) {
    return value(key).map(value -> value.place().toString()).orElse("");
  }

  /**
   * A secret, if it was set; one given as {@code file:/path} is that file's content. Its schema has
   * {@code "writeOnly": true}.
   */
  public Optional<String> secret(String key) {
    mustBeSecret(key);
    return find(key);
  }

  /** A list of secrets, each given like a single one; empty where none is set. */
  public List<String> secrets(String key) {
    mustBeSecret(key);
    return list(key);
  }

  /** A whole number. */
  public int number(String key) {
    return Integer.parseInt(read(Kind.NUMBER, key));
  }

  /** A number with a fraction. */
  public double decimal(String key) {
    return Double.parseDouble(read(Kind.DECIMAL, key));
  }

  /** Yes or no. */
  public boolean flag(String key) {
    return Boolean.parseBoolean(read(Kind.FLAG, key));
  }

  /** A length of time. */
  public Duration duration(String key) {
    return Durations.parse(read(Kind.DURATION, key));
  }

  /** A number of bytes. */
  public long bytes(String key) {
    return Sizes.parse(read(Kind.SIZE, key));
  }

  /** A list, written as one in YAML or with commas in the environment; empty where none is set. */
  public List<String> list(String key) {
    return value(key).map(Value::texts).orElse(List.of());
  }

  /** The names a person chose below a key, in the order of the file; of a list its places. */
  public List<String> names(String key) {
    return names.getOrDefault(key, List.of());
  }

  /** Every setting as it may be shown, in the order of the schema. */
  public List<Setting> values() {
    Set<String> keys = new LinkedHashSet<>(schema.keys());
    keys.addAll(values.keySet().stream().sorted().toList());
    List<Setting> shown = new ArrayList<>();
    for (String key : keys) {
      value(key).ifPresent(value -> shown.add(value.shown(key)));
    }
    return shown;
  }

  /**
   * Everything that is set, by the variables that would set it: for a program that reads nothing
   * else. There are secrets in it.
   */
  public Map<String, String> asVariables() {
    Map<String, String> all = new HashMap<>(variables.own());
    Set<String> keys = new LinkedHashSet<>(schema.keys());
    keys.addAll(values.keySet());
    for (String key : keys) {
      find(key).ifPresent(text -> all.put(variables.name(key), text));
    }
    return all;
  }

  /** What has no effect though somebody set it. */
  public List<Problem> warnings() {
    return warnings;
  }

  @Override
  public String toString() {
    return values().toString();
  }

  private static Values read(
      Path file,
      String text,
      Schema schema,
      Map<String, String> environment,
      List<Overlay> overlays,
      Faults faults)
      throws InvalidSettings {
    Path folder = file.toAbsolutePath().getParent();
    Values values = new Values(folder == null ? file : folder, faults);
    YamlNode nothing = new YamlNode.Scalar(Place.startOf(file), "", "", true);
    YamlNode root = new YamlFile(file, environment, faults).parse(text).orElse(nothing);
    for (Overlay overlay : overlays) {
      root = overlay.over(root);
    }
    new TreeReading(values, faults).group(schema, "", root);
    return values;
  }

  private void mustBeSecret(String key) {
    if (value(key).filter(value -> !value.schema().isSecret()).isPresent()) {
      throw new IllegalArgumentException(key + " is no secret in the schema; make it writeOnly");
    }
  }

  private String read(Kind kind, String key) {
    String text = text(key);
    if (!kind.reads(text)) {
      throw new IllegalArgumentException(key + ": " + Quote.of(text) + " is not " + kind.noun());
    }
    return text;
  }

  private Optional<Value> value(String key) {
    Optional<Value> known = Optional.ofNullable(values.get(key));
    if (schema.isOpen() && !schema.keys().contains(key)) {
      return known.filter(Settings::isDeployed).or(() -> ofVariable(key)).or(() -> known);
    }
    if (known.isEmpty()) {
      throw new IllegalArgumentException(key + " is in no schema");
    }
    return known;
  }

  private static boolean isDeployed(Value value) {
    return value.origin() == Origin.OVERRIDE;
  }

  private Optional<Value> ofVariable(String key) {
    return variables.find(key).map(text -> OpenValues.ofVariable(variables.name(key), text));
  }

  private static InvalidSettings unreadable(Path file, String message) {
    return new InvalidSettings(List.of(new Problem(file.toString(), "", message)));
  }
}
