package dev.usher.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as this kit uses it. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ConformanceFailed("no JSON came: " + text, e);
    }
  }

  /** The JSON within a text, where it holds some: a webhook's answer is kept as it came. */
  static JsonNode unwrapped(JsonNode value) {
    try {
      return value.isTextual() ? MAPPER.readTree(value.asText()) : value;
    } catch (JsonProcessingException anyOtherText) {
      return value;
    }
  }
}
