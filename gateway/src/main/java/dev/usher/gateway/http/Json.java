package dev.usher.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as this gateway reads and writes it. Thread-safe. */
final class Json {

  /** Deeper bodies are refused: no signup needs it and recursion is not free. */
  static final int MAX_DEPTH = 20;

  /** Longer numbers are refused: reading one costs the square of its length. */
  static final int MAX_DIGITS = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_DIGITS)
                  .build())
          .build();
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();
  private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

  private Json() {}

  static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads exactly one value; duplicate keys, too much depth and trailing text are errors.
   *
   * @throws Refused saying what is wrong and where
   */
  static JsonNode read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonNode value = READER.readTree(parser);
      if (hasMore(parser)) {
        throw MalformedJson.trailing(parser.currentTokenLocation());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw MalformedJson.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException("a string that can't be read", e);
    }
  }

  static Buffer write(JsonNode value) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that can't be written as JSON", e);
    }
  }

  private static boolean hasMore(JsonParser parser) throws IOException {
    try {
      return parser.nextToken() != null;
    } catch (JsonProcessingException noToken) {
      throw MalformedJson.trailing(noToken.getLocation());
    }
  }
}
