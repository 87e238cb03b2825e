package dev.usher.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts together the JSON of a signup; what is added later wins. */
final class Payload {

  private final ObjectNode json = Json.object();

  /** Adds every key of the object in {@code file}; {@code -} reads {@code in}. */
  void addFile(String file, InputStream in) throws CommandFailed {
    String name = file.equals("-") ? "stdin" : file;
    try {
      JsonNode content = Json.parse(read(file, in));
      if (!(content instanceof ObjectNode object)) {
        throw new CommandFailed(Exit.USAGE, name + " is not a JSON object");
      }
      json.setAll(object);
    } catch (JsonProcessingException e) {
      throw new CommandFailed(Exit.USAGE, name + " is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new CommandFailed(Exit.USAGE, "can't read " + name + ": " + Unreadable.because(e));
    }
  }

  /** Adds one key; the value is taken as JSON where it is JSON, else as text. */
  void addValue(String key, String value) {
    json.set(key, value(value));
  }

  void addText(String key, String text) {
    json.put(key, text);
  }

  boolean has(String key) {
    return json.has(key);
  }

  JsonNode json() {
    return json;
  }

  private static JsonNode value(String text) {
    try {
      JsonNode value = Json.parse(text);
      return value.isMissingNode() ? new TextNode(text) : value;
    } catch (JsonProcessingException plainText) {
      return new TextNode(text);
    }
  }

  private static String read(String file, InputStream in) throws IOException {
    return file.equals("-")
        ? new String(in.readAllBytes(), StandardCharsets.UTF_8)
        : Files.readString(Path.of(file));
  }
}
