package dev.usher.settings;

import java.util.Map;
import java.util.Optional;

/**
 * The values that a handler was deployed with. A secret among them is a reference, as nobody keeps
 * secrets for others: it is followed here, where the handler runs.
 */
final class DeployedValues {

  private static final String FILE = "file:";
  private static final String VARIABLE = "env:";

  private final Map<String, String> environment;
  private final Faults faults;

  DeployedValues(Map<String, String> environment, Faults faults) {
    this.environment = environment;
    this.faults = faults;
  }

  /** Puts these values over all others. */
  void override(Map<String, String> deployed, Schema schema, Values values) {
    deployed.forEach(
        (key, text) ->
            value(key, text, schema)
                .flatMap(value -> followed(key, value))
                .ifPresent(value -> values.checkText(key, value)));
  }

  private Optional<Value> value(String key, String text, Schema schema) {
    boolean isReference = text.startsWith(FILE) || text.startsWith(VARIABLE);
    Place place = Place.override(isReference ? "--secret" : "--set", "");
    Optional<Schema> property = schema.value(key);
    if (property.isEmpty() && !schema.isOpen()) {
      faults.add(place, key, UnknownKey.sentence(schema, key));
      return Optional.empty();
    }
    if (property.filter(Schema::isSecret).isPresent() && !isReference) {
      faults.add(place, key, openSecret(key));
      return Optional.empty();
    }
    return Optional.of(
        property
            .map(known -> Value.ofText(known, text, Origin.OVERRIDE, place))
            .orElseGet(() -> OpenValues.ofDeployment(text, place, isReference)));
  }

  /** By now the gateway has it in its journal. */
  private static String openSecret(String key) {
    return "is a secret, and what is set is kept for every operator to see; write --secret "
        + key
        + "=file:PATH or env:NAME, and change the secret if that was it";
  }

  /** Those to files are followed like any other, see {@link SecretFiles}. */
  private Optional<Value> followed(String key, Value value) {
    if (!value.schema().isSecret() || !value.text().startsWith(VARIABLE)) {
      return Optional.of(value);
    }
    String name = value.text().substring(VARIABLE.length());
    String secret = environment.getOrDefault(name, "");
    if (secret.isEmpty()) {
      faults.add(value.place(), key, "the environment has no " + name + "; set it");
      return Optional.empty();
    }
    return Optional.of(value.withText(secret));
  }
}
