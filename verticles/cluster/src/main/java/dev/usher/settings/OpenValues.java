package dev.usher.settings;

import dev.usher.settings.YamlNode.Mapping;
import dev.usher.settings.YamlNode.Scalar;
import dev.usher.settings.YamlNode.Sequence;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Reads what stands below keys that no schema describes: all of it is text. */
final class OpenValues {

  private static final Schema TEXT = new Schema(new JsonObject().put("type", "string"));
  private static final Schema SECRET =
      new Schema(new JsonObject().put("type", "string").put("writeOnly", true));
  private static final Schema LIST = new Schema(new JsonObject().put("type", "array"));

  private OpenValues() {}

  static void read(String key, YamlNode node, Values values) {
    if (node instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach((name, entry) -> read(Keys.below(key, name), entry.value(), values));
    } else if (node instanceof Scalar scalar && !scalar.isNothing()) {
      values.put(key, new Value(TEXT, List.of(scalar.text()), Origin.FILE, scalar.place()));
    } else if (node instanceof Sequence sequence) {
      values.put(key, new Value(LIST, texts(sequence), Origin.FILE, sequence.place()));
    }
  }

  /** What an environment variable says of a key that the file does not have. */
  static Value ofVariable(String name, String text) {
    return Value.ofText(TEXT, text, Origin.ENVIRONMENT, Place.variable(name));
  }

  /** What a handler was deployed with; where it is a reference, what it refers to is a secret. */
  static Value ofDeployment(String text, Place place, boolean isReference) {
    return Value.ofText(isReference ? SECRET : TEXT, text, Origin.OVERRIDE, place);
  }

  private static List<String> texts(Sequence sequence) {
    return sequence.items().stream()
        .filter(Scalar.class::isInstance)
        .map(item -> ((Scalar) item).text())
        .toList();
  }
}
