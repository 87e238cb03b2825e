package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.ScriptedHandler;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Handlers and gateways that come while others are there already. */
class MembershipIT {

  /** Two seconds on an idle machine; others build on this one. */
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(8);

  @RegisterExtension
  static final Cluster CLUSTER =
      new Cluster()
          .actions(
              "  subscribe: { required: false, address: signup.subscribe }",
              "  greet: { required: false, address: signup.greeting }",
              "  scripted: { required: false, address: signup.scripted }");

  private static Gateway gateway;
  private static GatewayClient client;

  @BeforeAll
  static void startTheGatewayAlone() {
    gateway = CLUSTER.startGateway();
    client = gateway.client();
  }

  @Test
  void handlerThatJoinsARunningGatewayIsReadyAndServesWithinSeconds() {
    String id = client.accept(Signups.subscriber(1));
    long begin = System.nanoTime();

    UsherProcess handler = CLUSTER.launchSubscription().awaitReady();
    Duration ready = since(begin);
    Await.until("it is delivered", () -> client.state(id, "subscribe").equals("succeeded"));
    Duration served = since(begin);

    System.out.println(
        "handler joins a running gateway: ready after "
            + ready.toMillis()
            + " ms, first delivery after "
            + served.toMillis()
            + " ms, start of the JVM included");
    assertThat(ready).isLessThan(JOIN_LIMIT);
    assertThat(served).isLessThan(JOIN_LIMIT.plusSeconds(2));
    assertThat(handler.lines()).anyMatch(line -> line.contains("gateways=1"));
  }

  @Test
  void deliveriesWithoutAHandlerWaitWithoutAttemptsAndGoOutWhenOneJoins() {
    List<String> ids =
        IntStream.range(0, 200)
            .mapToObj(n -> client.accept(Signups.person("user-" + n, ",\"scripted\":true")))
            .toList();
    awaitNoHandler(ids.get(0), "scripted");
    assertThat(client.receipt(ids.get(0)).path("state").asText()).isEqualTo("completed");
    assertThat(attempts("scripted")).containsExactly("0");
    assertThat(client.metric("usher_deliveries_waiting", "scripted", "no-handler")).isEqualTo(200);
    assertThat(client.admin("/health/ready").path("withoutHandler").toString())
        .contains("scripted");

    ScriptedHandler handler =
        CLUSTER.startHandler(
            "signup.scripted", 16, item -> Future.succeededFuture(Verdict.SUCCEEDED));
    Duration took =
        Await.until(
            "all are delivered",
            JOIN_LIMIT,
            () -> client.state(ids.get(199), "scripted").equals("succeeded"));

    System.out.println("200 waiting deliveries went out " + took.toMillis() + " ms after joining");
    Await.until("all are delivered", () -> handler.seen().size() >= 200);
    assertThat(handler.seen())
        .extracting(ScriptedHandler.Seen::signup)
        .containsExactlyElementsOf(ids);
    assertThat(handler.seen()).allSatisfy(seen -> assertThat(seen.attempt()).isEqualTo(1));
  }

  @Test
  void plainConsumerIsFoundAndServed() {
    String early = client.accept(Signups.person("gil", ",\"greet\":true"));
    awaitNoHandler(early, "greet");
    assertThat(attempts("greet")).containsExactly("0");

    UsherProcess plain = CLUSTER.launchPlain().awaitReady();
    Duration took =
        Await.until(
            "what waited is delivered",
            JOIN_LIMIT,
            () -> client.state(early, "greet").equals("succeeded"));
    String late = client.accept(Signups.person("hal", ",\"greet\":true"));
    Await.until("a later one too", () -> client.state(late, "greet").equals("succeeded"));

    System.out.println("plain consumer served " + took.toMillis() + " ms after it was ready");
    plain.awaitLine("greeted " + early + ".greet attempt 1");
    plain.awaitLine("greeted " + late + ".greet attempt 1");
    assertThat(client.instances("signup.greeting")).containsExactly("plain up");
    assertThat(attempts("greet")).containsExactly("1");

    plain.kill9();
    Await.until("it is gone", () -> client.instances("signup.greeting").isEmpty());
  }

  @Test
  void secondGatewayOnTheSameFolderNamesThePidAndEndsWith1() {
    UsherProcess second = CLUSTER.launchGateway(CLUSTER.data());

    assertThat(second.awaitEnd()).isEqualTo(1);
    assertThat(second.lines())
        .anyMatch(line -> line.contains("is in use by process " + gateway.process().pid()));
  }

  @Test
  void secondGatewayInTheSameClusterRefusesAndSaysWhy() {
    UsherProcess second = CLUSTER.launchGateway(CLUSTER.data().resolveSibling("other"));

    assertThat(second.awaitEnd()).isEqualTo(1);
    assertThat(second.lines())
        .anyMatch(line -> line.contains("has a gateway already, at 127.0.0.1:"))
        .noneMatch(line -> line.startsWith("\tat "));
    assertThat(client.admin("/health/ready").path("status").asText()).isEqualTo("up");
  }

  private static List<String> attempts(String action) {
    return CLUSTER
        .journal()
        .query(
            "SELECT DISTINCT attempts FROM delivery WHERE action ="
                + " (SELECT no FROM action WHERE name = '"
                + action
                + "')");
  }

  private static void awaitNoHandler(String id, String action) {
    Await.until(
        action + " waits for a handler", () -> client.waitingFor(id, action).equals("no-handler"));
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
