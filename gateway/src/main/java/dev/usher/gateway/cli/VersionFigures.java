package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * How a version did in the last five minutes, as {@code GET /admin/handlers} has it.
 *
 * @param json the figures; empty where the gateway has none
 */
record VersionFigures(Optional<JsonNode> json) {

  private static final int PERCENT = 100;

  static VersionFigures of(DeployedVersion version, JsonNode versions) {
    return find(versions, one -> one.path("deployment").asText().equals(version.id()));
  }

  static VersionFigures of(RunningHandler handler, JsonNode versions) {
    return find(
        versions,
        one ->
            one.path("handler").asText().equals(handler.name())
                && one.path("version").asText().equals(handler.version())
                && one.path("deployment").asText().equals(handler.deployment()));
  }

  private static VersionFigures find(JsonNode versions, Predicate<JsonNode> wanted) {
    return new VersionFigures(
        StreamSupport.stream(versions.spliterator(), false).filter(wanted).findFirst());
  }

  Cell attempts() {
    return Cell.of(field("attempts").map(JsonNode::asText).orElse(""));
  }

  Cell errors() {
    return Cell.of(
        field("errorRate")
            .map(rate -> String.format(Locale.ROOT, "%.1f %%", rate.asDouble() * PERCENT))
            .orElse(""));
  }

  Cell p99() {
    return Cell.of(
        field("p99Ms")
            .map(time -> String.format(Locale.ROOT, "%.1f ms", time.asDouble()))
            .orElse(""));
  }

  private Optional<JsonNode> field(String name) {
    return json.map(one -> one.get(name));
  }
}
