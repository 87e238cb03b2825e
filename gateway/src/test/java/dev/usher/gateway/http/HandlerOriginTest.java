package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.wire.Origin;
import dev.usher.wire.RunnerReport;
import dev.usher.wire.RunnerReport.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerOriginTest {

  private static final String AT = "signup.crm";

  private final HandlerOrigin idle = origin(List.of());

  @Test
  void anInstanceOfTheKitSaysWhereItComesFrom() {
    assertThat(idle.of(kit("crm#3"))).isEqualTo(Origin.DEPLOYED);
    assertThat(idle.of(kit(Origin.ofFile("crm")))).isEqualTo(Origin.FOLDER);
    assertThat(idle.of(kit(""))).isEqualTo(Origin.HAND);
  }

  @Test
  void plainConsumersInARunnerAreWhatItWasToldToRunOrElseOfItsFolder() {
    assertThat(origin(List.of(AT)).of(plain("runner"))).isEqualTo(Origin.DEPLOYED);
    assertThat(origin(List.of("signup.mail")).of(plain("runner"))).isEqualTo(Origin.FOLDER);
    assertThat(idle.of(plain("elsewhere"))).isEqualTo(Origin.HAND);
    assertThat(idle.of(plain(""))).isEqualTo(Origin.HAND);
  }

  @Test
  void aRunnerThatRunsAVerticleWithoutTheKitKnowsNoAddressOfIt() {
    HandlerOrigin unknown =
        new HandlerOrigin(
            List.of(report(List.of(new RunnerReport.Item("x", 1, Phase.SERVING, "", List.of())))));

    assertThat(unknown.of(plain("runner"))).isEqualTo(Origin.DEPLOYED);
  }

  private static HandlerOrigin origin(List<String> served) {
    return new HandlerOrigin(
        List.of(
            report(
                served.stream()
                    .map(one -> new RunnerReport.Item("x", 1, Phase.SERVING, "", List.of(one)))
                    .toList())));
  }

  private static RunnerReport report(List<RunnerReport.Item> items) {
    return new RunnerReport("runner", "host:1", "g", 1, items);
  }

  private static HandlerStatus kit(String deployment) {
    return new HandlerStatus("i", "crm", true, AT, "runner", "1", deployment, "java", 8, 0, "up");
  }

  private static HandlerStatus plain(String node) {
    return new HandlerStatus("plain", "plain", false, AT, node, "", "", "", 0, 0, "up");
  }
}
