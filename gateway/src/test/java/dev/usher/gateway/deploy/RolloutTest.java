package dev.usher.gateway.deploy;

import static dev.usher.wire.RunnerReport.Phase.FAILED;
import static dev.usher.wire.RunnerReport.Phase.FETCHING;
import static dev.usher.wire.RunnerReport.Phase.SERVING;
import static dev.usher.wire.RunnerReport.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.deploy.Rollout.Decision;
import dev.usher.gateway.deploy.Rollout.Runner;
import dev.usher.gateway.deploy.Rollout.Verdict;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.RunnerReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {

  private static final Artefact NEXT = Made.version(2, Artefact.State.NEXT, Artefact.WHOLE);
  private static final Artefact CANARY = Made.version(2, Artefact.State.CANARY, 10);

  @Test
  void withoutARunnerItWaitsForOne() {
    assertThat(decide(NEXT)).isEqualTo(Verdict.WAIT);
  }

  @Test
  void itServesOnceEveryRunnerSaysSo() {
    Runner one = runner("a", 1, item(SERVING));

    assertThat(decide(NEXT, one, runner("b", 1, item(STARTING)))).isEqualTo(Verdict.WAIT);
    assertThat(decide(NEXT, one, runner("b", 1, item(SERVING)))).isEqualTo(Verdict.SERVES);
    assertThat(decide(NEXT, one)).as("b has gone").isEqualTo(Verdict.SERVES);
  }

  @Test
  void oneRunnerWhereItDoesNotStartIsEnough() {
    Decision decision =
        Rollout.of(
            NEXT,
            List.of(
                runner("a", 1, item(SERVING)),
                runner("b", 1, Made.item(2, FAILED, "IllegalStateException: no api.url"))));

    assertThat(decision)
        .isEqualTo(new Decision(Verdict.FAILED, "b: IllegalStateException: no api.url"));
  }

  @Test
  void whatARunnerSaysBeforeItHasTheCatalogueDoesNotCount() {
    Runner late = new Runner(Made.report("a", item(FAILED)), false, Duration.ofSeconds(1));
    Runner served = new Runner(Made.report("a", item(SERVING)), false, Duration.ofSeconds(1));

    assertThat(decide(NEXT, late)).isEqualTo(Verdict.WAIT);
    assertThat(decide(NEXT, served)).isEqualTo(Verdict.WAIT);
  }

  @Test
  void whatIsSaidOfOtherVersionsDoesNotCount() {
    assertThat(decide(NEXT, runner("a", 1, Made.item(1, SERVING, "")))).isEqualTo(Verdict.WAIT);
    assertThat(decide(NEXT, runner("a", 1, Made.item(1, FAILED, "")))).isEqualTo(Verdict.WAIT);
  }

  @Test
  void aRunnerThatDoesNotComeToAnEndMakesItFail() {
    Runner one = runner("a", 91, item(SERVING));

    assertThat(decide(NEXT, one, runner("b", 89, item(FETCHING)))).isEqualTo(Verdict.WAIT);
    Decision decision =
        Rollout.of(NEXT, List.of(one, runner("b", 91, item(FETCHING)), runner("c", 1)));
    assertThat(decision.why())
        .isEqualTo("not serving on every runner within 90 s: b is fetching, c is silent");
  }

  @Test
  void whyOneStartsAgainAndAgainIsSaid() {
    RunnerReport.Item item = Made.item(2, RunnerReport.Phase.RESTARTING, "out of memory");

    assertThat(Rollout.of(NEXT, List.of(runner("a", 91, item))).why())
        .isEqualTo("not serving on every runner within 90 s: a is restarting (out of memory)");
  }

  @Test
  void aCanaryStaysUntilAPersonDecidesOrItFails() {
    assertThat(decide(CANARY, runner("a", 500, item(SERVING)))).isEqualTo(Verdict.WAIT);
    assertThat(decide(CANARY, runner("a", 500, item(STARTING)))).isEqualTo(Verdict.WAIT);
    assertThat(decide(CANARY, runner("a", 500, item(FAILED)))).isEqualTo(Verdict.FAILED);
  }

  private static Verdict decide(Artefact version, Runner... runners) {
    return Rollout.of(version, List.of(runners)).verdict();
  }

  private static Runner runner(String name, int seconds, RunnerReport.Item... items) {
    return new Runner(Made.report(name, items), true, Duration.ofSeconds(seconds));
  }

  private static RunnerReport.Item item(RunnerReport.Phase phase) {
    return Made.item(2, phase, "");
  }
}
