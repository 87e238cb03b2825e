package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two versions of a handler side by side, on a real bus. */
@Timeout(120)
class CanaryIT {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int SHARE = 30;
  private static final int SIGNUPS = 60;

  private static TestCluster cluster;
  private TwoMembers members;
  private ScriptedKit old;
  private ScriptedKit canary;

  @BeforeAll
  static void join() {
    cluster = new TestCluster();
  }

  @AfterAll
  static void leave() {
    cluster.close();
  }

  @BeforeEach
  void serve() {
    members = new TwoMembers(cluster);
    old = up("mail#1").answering(Verdict.SUCCEEDED);
    canary = up("mail#2").answering(Verdict.FAILED);
    members.invoker.divide(new CanaryShares(Map.of("mail#2", SHARE)));
  }

  @AfterEach
  void stop() {
    members.stop();
  }

  @Test
  void eachVersionIsSentItsOwnSignups() {
    sendAll();

    assertThat(signups(canary)).isNotEmpty().allMatch(signup -> isForCanary(signup));
    assertThat(signups(old)).isNotEmpty().noneMatch(signup -> isForCanary(signup));
    assertThat(signups(canary).size() + signups(old).size()).isEqualTo(SIGNUPS);
  }

  @Test
  void whenTheCanaryGoesTheOtherVersionTakesItsSignups() {
    canary.announce(InstanceState.DOWN, 100);
    members.until(() -> members.invoker.handlers().size() == 1);

    sendAll();

    assertThat(signups(old)).hasSize(SIGNUPS);
  }

  @Test
  void whatEachVersionDidIsToldSideBySide() {
    sendAll();

    List<VersionStatus> versions = members.now(() -> members.invoker.versions());

    assertThat(versions)
        .extracting(VersionStatus::deployment, VersionStatus::share)
        .containsExactly(tuple("mail#1", 100 - SHARE), tuple("mail#2", SHARE));
    assertThat(versions.get(0).lately().attempts()).isEqualTo(signups(old).size());
    assertThat(versions.get(0).lately().errorRate()).isZero();
    assertThat(versions.get(1).lately().attempts()).isEqualTo(signups(canary).size());
    assertThat(versions.get(1).lately().errorRate()).isEqualTo(1);
    assertThat(versions).allMatch(version -> version.sinceItCame().p99Nanos() > 0);
  }

  @Test
  void peopleSeeWhichDeploymentAnInstanceIsOf() {
    assertThat(members.now(() -> members.invoker.handlers()))
        .extracting(HandlerStatus::instance, HandlerStatus::deployment)
        .containsExactlyInAnyOrder(tuple(old.id, "mail#1"), tuple(canary.id, "mail#2"));
  }

  private ScriptedKit up(String deployment) {
    ScriptedKit kit = new ScriptedKit(members.handlers(), members.address, 100, deployment);
    kit.announce(InstanceState.UP, 100);
    members.until(
        () -> members.invoker.handlers().stream().anyMatch(one -> one.instance().equals(kit.id)));
    return kit;
  }

  private void sendAll() {
    Attempt[] attempts =
        IntStream.range(0, SIGNUPS).mapToObj(one -> members.attempt(LONG)).toArray(Attempt[]::new);
    members.send(attempts);
    IntStream.range(0, SIGNUPS).forEach(one -> members.next());
  }

  private static boolean isForCanary(String signup) {
    return CanaryShares.place(signup) < SHARE;
  }

  private static List<String> signups(ScriptedKit kit) {
    return kit.frames.stream()
        .flatMap(frame -> frame.items().stream())
        .map(DeliveryFrame.Item::delivery)
        .map(delivery -> delivery.substring(0, delivery.indexOf('.')))
        .toList();
  }
}
