package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.gateway.metrics.GatewayMetrics;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.ActionStatus;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.SignupState;
import dev.usher.gateway.pipeline.Totals;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.gateway.pipeline.WaitingReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say is there. */
class DocumentationIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (Path document : documents()) {
      for (String link : found(LINK, text(document))) {
        if (!link.startsWith("https://")) {
          assertThat(isThere(document, link)).as("%s links to %s", document, link).isTrue();
        }
      }
    }
  }

  @Test
  void nothingPointsOutsideTheRepository() throws IOException {
    for (Path document : documents()) {
      for (String link : found(LINK, text(document))) {
        if (!link.startsWith("https://") && !link.startsWith("#")) {
          Path target = document.resolveSibling(link.split("#", 2)[0]).normalize();
          assertThat(target).as("%s links to %s", document, link).startsWithRaw(ROOT);
        }
      }
    }
  }

  @Test
  void everyPathInWhereDoIChangeXExists() throws IOException {
    String table = section(ROOT.resolve("docs/README.md"), "Where do I change X?");
    List<String> paths = found(CODE, table).stream().filter(code -> code.contains("/")).toList();
    assertThat(paths).hasSizeGreaterThan(20).allMatch(path -> Files.exists(ROOT.resolve(path)));
  }

  @Test
  void settingsAreDocumentedAsTheirSchemasHaveThem() throws IOException {
    Path operations = ROOT.resolve("docs/operations.md");
    Map.of(
            "Gateway", settings("gateway", ""),
            "Cluster", settings("cluster", "cluster."),
            "Bridge", settings("bridge", "bridge."),
            "Email", settings("email", ""),
            "Subscription", settings("subscription", ""),
            "Runner", settings("runner", ""),
            "Actions", actionSettings())
        .forEach(
            (heading, rows) ->
                assertThat(rows(operations, heading))
                    .as("table \"%s\" in %s", heading, operations)
                    .containsExactlyElementsOf(rows));
  }

  @Test
  void metricsAreDocumentedAsTheGatewayHasThem() throws IOException {
    String table = section(ROOT.resolve("docs/operations.md"), "Health and metrics");
    Set<String> documented =
        found(CODE, table).stream()
            .filter(code -> code.startsWith("usher_"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> real =
        found(Pattern.compile("(?m)^# TYPE (usher_\\S+) "), scrape()).stream()
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(real);
  }

  @Test
  void everyStateAndOutcomeIsExplained() throws IOException {
    List<String> explained = found(CODE, text(ROOT.resolve("docs/pipeline.md")));
    List<String> words = new ArrayList<>();
    Arrays.stream(DeliveryState.values()).map(DeliveryState::word).forEach(words::add);
    Arrays.stream(SignupState.values()).map(SignupState::word).forEach(words::add);
    Arrays.stream(WaitingReason.values()).map(WaitingReason::word).forEach(words::add);
    Arrays.stream(Outcome.values()).map(Outcome::word).forEach(words::add);
    Arrays.stream(Cause.values()).map(Cause::word).forEach(words::add);
    assertThat(explained).containsAll(words);
  }

  private static boolean isThere(Path document, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path document) throws IOException {
    return found(HEADING, text(document)).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }

  private static List<String> rows(Path document, String heading) {
    return section(document, heading).lines().filter(line -> line.startsWith("| `")).toList();
  }

  private static List<String> settings(String schema, String prefix) throws IOException {
    return rows(schema(schema).path("properties"), prefix);
  }

  private static List<String> actionSettings() throws IOException {
    JsonNode actions = schema("actions").path("properties").path("actions");
    return rows(actions.path("additionalProperties").path("properties"), "");
  }

  private static JsonNode schema(String name) throws IOException {
    return new ObjectMapper()
        .readTree(ROOT.resolve("config/schema/" + name + ".schema.json").toFile());
  }

  private static List<String> rows(JsonNode properties, String prefix) {
    List<String> rows = new ArrayList<>();
    properties
        .fields()
        .forEachRemaining(
            key -> {
              JsonNode schema = key.getValue();
              if (schema.has("properties")) {
                rows.addAll(rows(schema.path("properties"), prefix + key.getKey() + "."));
              } else if (!schema.has("$ref")) {
                rows.add(row(prefix + key.getKey(), schema));
              }
            });
    return rows;
  }

  private static String row(String key, JsonNode schema) {
    JsonNode value = schema.path("default");
    String text = value.isValueNode() ? value.asText() : value.toString();
    String shown = schema.has("default") ? "`" + text + "`" : "";
    String description = schema.path("description").asText().replace("|", "\\|");
    return "| `" + key + "` | " + shown + " | " + description + " |";
  }

  private static String scrape() {
    Totals totals = new Totals(0, 0, 0, Map.of());
    GatewayMetrics metrics =
        new GatewayMetrics(
            () -> totals, () -> 0, () -> 0, () -> 1, () -> new Journal.Space(0, 0, 0, false));
    metrics.count("a", Outcome.SUCCEEDED);
    metrics.committed(1, 1);
    ActionStatus action =
        new ActionStatus(
            "a", Optional.<Action>empty(), 0, totals.of("a"), Map.of(WaitingReason.NO_ACTION, 1L));
    HandlerStatus handler =
        new HandlerStatus("i", "h", true, "a", "n", "1", "", "java", 1, 0, "up");
    VersionStatus.Figures none = new VersionStatus.Figures(0, 0, 0, 0);
    VersionStatus version =
        new VersionStatus("h", "1", "", 100, Map.of(Outcome.SUCCEEDED, 1L), none, none);
    return metrics.scrape(
        List.of(action),
        List.of(handler),
        List.of(version),
        Map.of("a", Instant.EPOCH),
        Instant.EPOCH.plusSeconds(1));
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")),
              docs.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }

  /** What stands between a heading and the next one. */
  private static String section(Path document, String heading) {
    String[] parts = text(document).split("(?m)^#+ +" + Pattern.quote(heading) + "$", 2);
    assertThat(parts).as("a heading \"%s\" in %s", heading, document).hasSize(2);
    return parts[1].split("(?m)^#+ ", 2)[0];
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(DocumentationIT::first).toList();
  }

  private static String first(MatchResult result) {
    return result.group(1);
  }

  private static String text(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
