package dev.usher.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events as they come in. */
final class Events implements AutoCloseable {

  private final InputStream stream;
  private final BufferedReader in;

  /**
   * One event.
   *
   * @param id what to name when coming back
   * @param name what it is about
   * @param data its JSON
   */
  record Event(String id, String name, JsonNode data) {}

  Events(InputStream stream) {
    this.stream = stream;
    in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /** The next event, once it is there; empty when the stream has ended or was cut. */
  Optional<Event> next() {
    try {
      String id = "";
      String name = "";
      String data = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          data = line.substring("data: ".length());
        } else if (line.isEmpty() && !data.isEmpty()) {
          return Optional.of(new Event(id, name, json(data)));
        }
      }
    } catch (IOException cut) {
      // As good as ended: whoever reads comes back and says what it has seen.
    }
    return Optional.empty();
  }

  /** Ends it, also for a thread that waits for the next event. */
  @Override
  public void close() {
    try {
      // Not the reader: it can't be closed while somebody reads.
      stream.close();
    } catch (IOException gone) {
      // Nothing more was to be read.
    }
  }

  private static JsonNode json(String data) {
    try {
      return Json.parse(data);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
