package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.Artefact.State;
import dev.usher.wire.RunnerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerJsonTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void aVersionThatFailedIsShownForADayBesideTheOneThatServesOn() {
    List<Artefact> versions = List.of(version(1, State.CURRENT), version(2, State.FAILED));

    assertThat(deployed(NOON.plus(Duration.ofHours(23)), versions))
        .containsExactly("current", "failed");
    assertThat(deployed(NOON.plus(Duration.ofHours(25)), versions)).containsExactly("current");
  }

  @Test
  void aVersionThatFailedIsNoMatterOnceALaterOneCame() {
    assertThat(deployed(NOON, List.of(version(1, State.FAILED), version(2, State.CURRENT))))
        .containsExactly("current");
  }

  @Test
  void whereNothingServesTheFailureIsShownUntilItIsUndeployed() {
    Instant nextYear = NOON.plus(Duration.ofDays(365));

    assertThat(deployed(nextYear, List.of(version(1, State.FAILED)))).containsExactly("failed");
    assertThat(deployed(nextYear, List.of(version(1, State.UNDEPLOYED)))).isEmpty();
  }

  @Test
  void whatIsUndeployedAndStillDrainsServesNothingAnyMore() {
    RunnerReport.Item drains =
        new RunnerReport.Item("crm", 1, RunnerReport.Phase.DRAINING, "", List.of("signup.old"));
    RunnerReport.Item serves =
        new RunnerReport.Item("crm", 2, RunnerReport.Phase.SERVING, "", List.of("signup.crm"));
    HandlerDesk.Standing standing =
        new HandlerDesk.Standing(
            NOON,
            List.of(version(1, State.UNDEPLOYED), version(2, State.CURRENT)),
            List.of(new RunnerReport("n", "host:1", "g", 1, List.of(drains, serves))));

    assertThat(HandlerJson.addresses(standing, "crm")).containsExactly("signup.crm");
    assertThat(HandlerJson.addresses(standing, "mail")).isEmpty();
  }

  private static List<String> deployed(Instant now, List<Artefact> versions) {
    return HandlerJson.deployed(new HandlerDesk.Standing(now, versions, List.of()))
        .findValuesAsText("state");
  }

  private static Artefact version(int number, State state) {
    return new Artefact(
        "crm",
        number,
        new Artefact.Content("crm.jar", "ab".repeat(32), 3, "", Map.of(), false),
        new Artefact.Origin(NOON, "anna"),
        state,
        Artefact.WHOLE,
        "");
  }
}
