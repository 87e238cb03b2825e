package dev.usher.handler;

import static dev.usher.handler.fixture.ScriptedGateway.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.PortRange;
import dev.usher.handler.fixture.Greeter;
import dev.usher.handler.fixture.Jvm;
import dev.usher.handler.fixture.ScriptedGateway;
import dev.usher.wire.Announcement;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler process as a person starts it, in a real cluster with a gateway played by the test. */
class HandlersIT {

  private static final String CLUSTER = "handlers-it-" + UUID.randomUUID();
  private static ClusterMember member;
  private static Map<String, String> environment;

  @TempDir Path data;

  @BeforeAll
  static void joinCluster() {
    // The first member looks for nobody: port 1 of loopback refuses at once.
    ClusterSettings settings =
        new ClusterSettings(
            CLUSTER, "127.0.0.1", new PortRange(0, 0), List.of("127.0.0.1:1"), Optional.empty(), 0);
    member = await(ClusterMember.join(settings, "gateway", new VertxOptions()));
    environment =
        Map.of(
            "USHER_CLUSTER_NAME", CLUSTER,
            "USHER_CLUSTER_HOST", "127.0.0.1",
            "USHER_CLUSTER_PORT", "0",
            "USHER_CLUSTER_BUS_PORT", "0",
            "USHER_CLUSTER_MEMBERS", member.members().get(0));
  }

  @AfterAll
  static void leaveCluster() {
    await(member.leave());
  }

  @Test
  void wholeLifeOfAHandlerProcess() throws Exception {
    ScriptedGateway gateway = new ScriptedGateway(member.vertx(), "gateway-1", member.nodeId());
    await(gateway.listen());
    try (Jvm jvm = start()) {
      assertThat(jvm.out("ready"))
          .matches(
              "ready handler=greeter address=signup.greeting cluster="
                  + CLUSTER
                  + " members=2 gateways=0 instance=greeter-\\w{12}");
      secondStartNamesThePidOf(jvm);
      assertThat(jvm.err("alone"))
          .contains("alone: no gateway at 127.0.0.1:", "; check USHER_CLUSTER_MEMBERS");
      gateway.beacon(true);
      assertThat(jvm.err("gateway found")).contains("INFO");

      Announcement instance = gateway.announcement();
      gateway.deliver(instance, "signup_1.greet");
      assertThat(gateway.outcome())
          .isEqualTo(
              new OutcomeFrame.Item("signup_1.greet", 1, Verdict.SUCCEEDED, -1, "\"Hello ada\""));

      gateway.deliver(
          instance, List.of(item("signup_2.greet", 1, "{\"username\":\"bob\",\"slow\":1}")));
      awaitRunning(gateway);
      jvm.terminate();
      gateway.announcement(InstanceState.DRAINING);
      gateway.deliver(instance, "signup_3.greet");

      assertThat(List.of(gateway.outcome(), gateway.outcome()))
          .extracting(OutcomeFrame.Item::delivery, OutcomeFrame.Item::verdict)
          .containsExactlyInAnyOrder(
              tuple("signup_3.greet", Verdict.REFUSED), tuple("signup_2.greet", Verdict.SUCCEEDED));
      gateway.announcement(InstanceState.DOWN);
      assertThat(jvm.exitCode()).isZero();
      assertThat(data.resolve("greeter/stopped")).exists();
    }
  }

  private void secondStartNamesThePidOf(Jvm first) throws Exception {
    try (Jvm second = start()) {
      assertThat(second.err("in use")).contains("greeter is in use by process " + first.pid());
      assertThat(second.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void handlerThatCannotBeMadeEndsTheProcess() throws Exception {
    Files.createDirectories(data.resolve("greeter"));
    Files.createFile(data.resolve("greeter/broken"));
    try (Jvm jvm = start()) {
      assertThat(jvm.err("can't start"))
          .startsWith("greeter: can't start: IllegalStateException: the greeting is missing")
          .contains("Greeter.<init>(Greeter.java:");
      assertThat(jvm.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void unknownOptionIsAUsageError() throws Exception {
    try (Jvm jvm = Jvm.start(Greeter.class, environment, "--prot", "1")) {
      assertThat(jvm.err("unknown option")).contains("--prot");
      assertThat(jvm.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void wrongSettingIsAUsageError() throws Exception {
    try (Jvm jvm =
        Jvm.start(
            Greeter.class,
            Map.of("USHER_CLUSTER_PORT", "many", "USHER_CLUSTER_NAME", CLUSTER),
            options())) {
      assertThat(jvm.err("USHER_CLUSTER_PORT")).contains("many");
      assertThat(jvm.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void helpTellsTheOptions() throws Exception {
    try (Jvm jvm = Jvm.start(Greeter.class, environment, "--help")) {
      assertThat(jvm.out("--data")).contains("folder");
      assertThat(jvm.exitCode()).isZero();
    }
  }

  /** A signal could overtake a delivery that is still on its way. */
  private static void awaitRunning(ScriptedGateway gateway) throws InterruptedException {
    gateway.beacon(true);
    while (gateway.announcement().isIdle()) {
      gateway.beacon(true);
    }
  }

  private Jvm start() throws IOException {
    return Jvm.start(Greeter.class, environment, options());
  }

  private String[] options() {
    return Stream.of("--config", data.resolve("config"), "--data", data)
        .map(Object::toString)
        .toArray(String[]::new);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
