package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.wire.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A handler that serves and was not deployed, by what its instances say; those of one version at
 * one address are one.
 *
 * @param origin where it comes from, in one word
 * @param deployment what its instances announce as that
 */
record RunningHandler(
    String name,
    String version,
    String origin,
    String deployment,
    String language,
    String address,
    int instances,
    int up) {

  /** Those among all instances; an older gateway does not say where they come from. */
  static List<RunningHandler> all(JsonNode handlers) {
    Map<List<String>, RunningHandler> all = new LinkedHashMap<>();
    for (JsonNode one : handlers) {
      String origin = one.path("origin").asText();
      if (!origin.isEmpty() && !origin.equals(Origin.DEPLOYED.word())) {
        RunningHandler handler = of(one);
        all.merge(handler.key(), handler, RunningHandler::and);
      }
    }
    return new ArrayList<>(all.values());
  }

  private static RunningHandler of(JsonNode one) {
    return new RunningHandler(
        one.path("handler").asText(),
        one.path("version").asText(),
        one.path("origin").asText(),
        one.path("deployment").asText(),
        one.path("language").asText(),
        one.path("address").asText(),
        1,
        one.path("state").asText().equals("up") ? 1 : 0);
  }

  private List<String> key() {
    return List.of(name, version, deployment, origin, language, address);
  }

  private RunningHandler and(RunningHandler other) {
    return new RunningHandler(
        name,
        version,
        origin,
        deployment,
        language,
        address,
        instances + other.instances,
        up + other.up);
  }

  Cell serving() {
    String text = up + "/" + instances;
    return up == instances ? Cell.of(text) : Cell.waiting(text);
  }

  /** For programs, with the names that deployed ones have. */
  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("name", name)
            .put("version", version)
            .put("origin", origin)
            .put("language", language);
    json.putArray("addresses").add(address);
    return json.put("serving", up).put("instances", instances);
  }
}
