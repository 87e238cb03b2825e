package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Refusal;
import dev.usher.gateway.pipeline.SignupState;
import dev.usher.gateway.pipeline.WaitingReason;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The alert rules and the dashboard ask for what a running gateway really tells. */
class ObservabilityIT {

  private static final Path ALERTS = Path.of("../config/observability/alerts.yaml");
  private static final Path DASHBOARD = Path.of("../config/observability/dashboard.json");

  private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)})? \\S+$");
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:usher|jvm|process|system)_[a-z_]+)\\b(?:\\{([^}]*)})?");
  private static final Pattern MATCHER =
      Pattern.compile("([a-z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without)\\s*\\(([^)]*)\\)");

  /** Given to every series by Prometheus itself. */
  private static final Set<String> OF_THE_SCRAPER = Set.of("job", "instance");

  @RegisterExtension
  final Cluster cluster =
      new Cluster()
          .actions(
              "  welcome: { required: true, address: observed.welcome }",
              "  absent: { required: true, address: observed.absent }");

  @Test
  void everyMetricAndLabelInRulesAndDashboardIsInTheScrape() throws IOException {
    GatewayClient client = cluster.startGateway().client();
    cluster.startHandler("observed.welcome", 8, item -> Future.succeededFuture(Verdict.REJECTED));
    client.accept(Signups.person(1));
    Await.until(
        "a dead letter, and a delivery that waits",
        () ->
            client.metric("usher_deliveries", "state=\"dead\"") == 1
                && client.scrape().contains("usher_oldest_waiting_seconds{"));

    Map<String, Set<String>> told = labels(client.scrape());
    List<String> expressions =
        Stream.concat(expressions(alerts()).stream(), expressions(dashboard()).stream()).toList();

    assertThat(expressions).hasSizeGreaterThan(30);
    assertThat(expressions).allSatisfy(expression -> assertIsTold(expression, told));
  }

  @Test
  void everyRuleSaysWhatIsWrongAndHowMuchItMatters() throws IOException {
    Set<String> names = new HashSet<>();
    for (JsonNode rule : alerts().path("groups").path(0).path("rules")) {
      assertThat(names.add(rule.path("alert").asText())).as(rule.toString()).isTrue();
      assertThat(rule.path("expr").asText()).isNotBlank();
      assertThat(rule.path("labels").path("severity").asText()).isIn("page", "ticket");
      assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
      assertThat(rule.path("annotations").path("description").asText()).isNotBlank();
    }
    assertThat(names).contains("UsherNotScraped", "UsherJournalDown", "UsherBooksOutOfBalance");
  }

  private static void assertIsTold(String expression, Map<String, Set<String>> told) {
    assertThat(expression.chars().filter(c -> c == '(').count())
        .as("opened and closed in " + expression)
        .isEqualTo(expression.chars().filter(c -> c == ')').count());
    Set<String> labels = new HashSet<>(OF_THE_SCRAPER);
    Matcher metric = METRIC.matcher(expression);
    while (metric.find()) {
      assertThat(told).as(expression).containsKey(metric.group(1));
      labels.addAll(told.get(metric.group(1)));
      assertMatchersAreTold(metric, told);
    }
    Matcher grouping = GROUPING.matcher(expression);
    while (grouping.find()) {
      assertThat(labels).as(expression).contains(grouping.group(1).split("\\s*,\\s*"));
    }
  }

  private static void assertMatchersAreTold(Matcher metric, Map<String, Set<String>> told) {
    Matcher label = MATCHER.matcher(metric.group(2) == null ? "" : metric.group(2));
    while (label.find()) {
      if (!OF_THE_SCRAPER.contains(label.group(1))) {
        assertThat(told.get(metric.group(1))).as(metric.group()).contains(label.group(1));
        words(label.group(1))
            .ifPresent(words -> assertThat(words).contains(label.group(3).split("\\|")));
      }
    }
  }

  /** The words that can stand in a label; empty where they are not ours to choose. */
  private static Optional<List<String>> words(String label) {
    return switch (label) {
      case "state" ->
          Optional.of(
              Stream.concat(
                      Stream.of(DeliveryState.values()).map(DeliveryState::word),
                      Stream.of(SignupState.values()).map(SignupState::word))
                  .toList());
      case "reason" ->
          Optional.of(
              Stream.concat(
                      Stream.of(WaitingReason.values()).map(WaitingReason::word),
                      Stream.of(Refusal.values()).map(Refusal::word))
                  .toList());
      case "outcome" -> Optional.of(Stream.of(Outcome.values()).map(Outcome::word).toList());
      default -> Optional.empty();
    };
  }

  /** The labels of every metric in a scrape. */
  private static Map<String, Set<String>> labels(String scrape) {
    Map<String, Set<String>> told = new HashMap<>();
    Matcher series = SERIES.matcher(scrape);
    while (series.find()) {
      Set<String> labels = told.computeIfAbsent(series.group(1), first -> new HashSet<>());
      Matcher label = MATCHER.matcher(series.group(2) == null ? "" : series.group(2));
      while (label.find()) {
        labels.add(label.group(1));
      }
    }
    return told;
  }

  private static List<String> expressions(JsonNode file) {
    List<String> all = new ArrayList<>();
    file.findValues("expr").forEach(expression -> all.add(expression.asText()));
    return all;
  }

  private static JsonNode alerts() throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile());
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(DASHBOARD.toFile());
  }
}
