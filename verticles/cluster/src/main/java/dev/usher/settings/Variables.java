package dev.usher.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The environment variables that set a process's keys. */
final class Variables {

  private static final String CLUSTER = Keys.variable("", "cluster.");

  private final String process;
  private final Map<String, String> environment;

  Variables(String process, Map<String, String> environment) {
    this.process = process;
    this.environment = environment;
  }

  /** The value of a key; an empty variable counts as none, as scripts like to pass them on. */
  Optional<String> find(String key) {
    return Optional.ofNullable(environment.get(name(key))).filter(text -> !text.isEmpty());
  }

  /** The variable that sets a key. */
  String name(String key) {
    return Keys.variable(process, key);
  }

  /** Those that are there and set anything, or would if there were such a key. */
  Map<String, String> own() {
    Map<String, String> own = new HashMap<>(environment);
    own.keySet().removeIf(name -> !name.startsWith(Keys.prefix(process)));
    return own;
  }

  /** Puts the environment's values over the file's. */
  void override(Schema schema, Values values) {
    schema.eachValue("", (key, property) -> override(key, property, values));
  }

  /**
   * Variables that are set but set nothing. Under a prefix that is this process's alone all are
   * told; those of the gateway's, which others share, only where they look like a typing error.
   */
  List<Problem> ofNoUse(Schema schema) {
    List<String> known = schema.keys().stream().map(this::name).toList();
    List<Problem> ofNoUse = new ArrayList<>();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(Keys.prefix(process)) || name.startsWith(CLUSTER)) {
        warning(schema, known, name).ifPresent(ofNoUse::add);
      }
    }
    return ofNoUse;
  }

  private void override(String key, Schema property, Values values) {
    find(key)
        .map(text -> Value.ofText(property, text, Origin.ENVIRONMENT, Place.variable(name(key))))
        .ifPresent(value -> values.checkText(key, value));
  }

  private Optional<Problem> warning(Schema schema, List<String> known, String name) {
    boolean isOurs = name.startsWith(CLUSTER) || !process.equals("gateway");
    if (known.contains(name) || schema.isOpen()) {
      return Optional.empty();
    }
    return NearMatch.among(known, name)
        .map(near -> "is not a setting; did you mean " + near + "?")
        .or(() -> isOurs ? Optional.of("is not a setting and has no effect") : Optional.empty())
        .map(message -> new Problem(name, "", message));
  }
}
