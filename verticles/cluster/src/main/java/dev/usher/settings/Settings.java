package dev.usher.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The settings of one process. Immutable. */
public final class Settings {

  private final Map<String, String> environment;
  private final String prefix;
  private final JsonNode file;

  private Settings(Map<String, String> environment, String prefix, JsonNode file) {
    this.environment = environment;
    this.prefix = prefix;
    this.file = file;
  }

  /**
   * Reads the settings of the process called {@code name}.
   *
   * @throws InvalidSettings naming every problem
   */
  public static Settings load(String name, Path config, Map<String, String> environment)
      throws InvalidSettings {
    Path path = config.resolve(name + ".yaml");
    String prefix = name.equals("gateway") ? "USHER_" : "USHER_" + upper(name) + "_";
    try {
      JsonNode file =
          Files.exists(path)
              ? new YAMLMapper().readTree(Files.readString(path))
              : MissingNode.getInstance();
      return new Settings(environment, prefix, file);
    } catch (IOException e) {
      throw new InvalidSettings(
          List.of(new Problem(path.toString(), "", String.valueOf(e.getMessage()))));
    }
  }

  /** The value of a key that has a default or was set. */
  public String text(String key) {
    return find(key).orElseThrow(() -> new NoSuchElementException(key));
  }

  /** The value of a key, if it was set or has a default. */
  public Optional<String> find(String key) {
    String variable = (key.startsWith("cluster.") ? "USHER_" : prefix) + upper(key);
    String fromEnvironment = environment.get(variable);
    if (fromEnvironment != null) {
      return Optional.of(fromEnvironment);
    }
    JsonNode node = file.at("/" + key.replace('.', '/'));
    return node.isMissingNode() ? Optional.empty() : Optional.of(node.asText());
  }

  /** A whole number. */
  public int number(String key) {
    return Integer.parseInt(text(key));
  }

  /** Yes or no. */
  public boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }

  /** A length of time. */
  public Duration duration(String key) {
    return Duration.parse(text(key));
  }

  /** A list, written as one in YAML or with commas in the environment. */
  public List<String> list(String key) {
    return find(key).map(text -> List.of(text.split(","))).orElse(List.of());
  }

  private static String upper(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
