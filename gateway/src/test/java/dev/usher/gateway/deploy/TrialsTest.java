package dev.usher.gateway.deploy;

import static dev.usher.wire.RunnerReport.Phase.SERVING;
import static dev.usher.wire.RunnerReport.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.deploy.Rollout.Verdict;
import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.RunnerReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrialsTest {

  private static final Duration BEAT = Duration.ofSeconds(2);

  private final ManualLoop loop = new ManualLoop();
  private final Shelf shelf = new Shelf("gateway-1");
  private final Trials trials = new Trials(shelf, loop);

  @BeforeEach
  void deploy() {
    trials.begin();
    shelf.put(
        Versions.none("crm").add(Made.content("a"), Artefact.WHOLE, Made.ORIGIN), loop.nanos());
  }

  @Test
  void aGatewayThatHasJustStartedWaitsUntilEveryRunnerCanHaveBeenHeard() {
    says("a", SERVING);
    assertThat(verdict()).isEqualTo(Verdict.WAIT);

    loop.advance(Duration.ofSeconds(3));

    assertThat(verdict()).isEqualTo(Verdict.SERVES);
  }

  @Test
  void aRunnerThatIsSilentHasGone() {
    says("a", SERVING);
    says("b", STARTING);
    loop.advance(Duration.ofSeconds(4));
    says("a", SERVING);
    assertThat(verdict()).isEqualTo(Verdict.WAIT);

    loop.advance(Duration.ofSeconds(3));

    assertThat(verdict()).isEqualTo(Verdict.SERVES);
    assertThat(trials.reports()).extracting(RunnerReport::runner).containsExactly("a");
  }

  @Test
  void aRunnerWhoseProcessLeftHasGoneAtOnce() {
    loop.advance(Duration.ofSeconds(3));
    says("a", SERVING);
    says("b", STARTING);

    trials.left("node-b");

    assertThat(verdict()).isEqualTo(Verdict.SERVES);
  }

  @Test
  void theTimeOfARunnerThatComesLateBeginsWhenItComes() {
    loop.advance(Duration.ofMinutes(10));

    sayAgainFor(Duration.ofSeconds(88));
    assertThat(verdict()).isEqualTo(Verdict.WAIT);

    sayAgainFor(Duration.ofSeconds(4));
    assertThat(trials.decision("crm").why()).contains("within 90 s: a is starting");
  }

  @Test
  void whatFollowsAnotherGatewaysCatalogueDoesNotCount() {
    loop.advance(Duration.ofSeconds(3));

    trials.heard(report("a", "gateway-0", 9, SERVING));
    assertThat(verdict()).isEqualTo(Verdict.WAIT);

    trials.heard(report("a", "gateway-1", 0, SERVING));
    assertThat(verdict()).as("a catalogue from before").isEqualTo(Verdict.WAIT);
  }

  private void sayAgainFor(Duration time) {
    for (Duration left = time; !left.isZero(); left = left.minus(BEAT)) {
      says("a", STARTING);
      loop.advance(BEAT);
    }
  }

  private void says(String runner, RunnerReport.Phase phase) {
    trials.heard(report(runner, "gateway-1", 1, phase));
  }

  private static RunnerReport report(
      String runner, String gateway, long revision, RunnerReport.Phase phase) {
    return new RunnerReport(
        "node-" + runner, runner, gateway, revision, List.of(Made.item(1, phase, "")));
  }

  private Verdict verdict() {
    return trials.decision("crm").verdict();
  }
}
