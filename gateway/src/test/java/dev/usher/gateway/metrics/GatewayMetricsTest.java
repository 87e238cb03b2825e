package dev.usher.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Totals;
import dev.usher.gateway.pipeline.VersionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {

  private static final String ATTEMPTS = "usher_handler_attempts_total";
  private static final VersionStatus.Figures NONE = new VersionStatus.Figures(0, 0, 0, 0);

  private final Totals totals = new Totals(0, 0, 0, Map.of());
  private final GatewayMetrics metrics =
      new GatewayMetrics(
          () -> totals, () -> 0, () -> 0, () -> 1, () -> new Journal.Space(0, 0, 0, false));

  @Test
  void attemptsOfAVersionAreCountersThatGrow() {
    assertThat(scrape(version("1.0", "", 3, 1)))
        .contains("# TYPE " + ATTEMPTS + " counter")
        .contains(line("1.0", "succeeded", 3))
        .contains(line("1.0", "failed", 1));

    assertThat(scrape(version("1.0", "", 5, 1))).contains(line("1.0", "succeeded", 5));
  }

  @Test
  void twoDeploymentsOfOneVersionAreToldApart() {
    assertThat(scrape(version("1.0", "mail#1", 3, 0), version("1.0", "mail#2", 1, 2)))
        .contains(line("mail#1", "succeeded", 3))
        .contains(line("mail#2", "failed", 2));
  }

  @Test
  void versionThatHasGoneLeavesTheScrape() {
    scrape(version("1.0", "mail#1", 3, 0), version("1.0", "mail#2", 1, 2));

    assertThat(scrape(version("1.0", "mail#2", 1, 2)))
        .doesNotContain("mail#1")
        .contains(line("mail#2", "succeeded", 1));
    assertThat(scrape()).doesNotContain(ATTEMPTS);
  }

  private static VersionStatus version(String version, String deployment, long good, long bad) {
    Map<Outcome, Long> outcomes = Map.of(Outcome.SUCCEEDED, good, Outcome.FAILED, bad);
    return new VersionStatus("mail", version, deployment, 100, outcomes, NONE, NONE);
  }

  private static String line(String version, String outcome, int count) {
    return ATTEMPTS
        + "{handler=\"mail\",outcome=\"%s\",version=\"%s\"} %d.0\n"
            .formatted(outcome, version, count);
  }

  private String scrape(VersionStatus... versions) {
    return metrics.scrape(List.of(), List.of(), List.of(versions), Map.of(), Instant.EPOCH);
  }
}
