package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that are asked to end while signups flow. */
class ShutdownIT {

  @RegisterExtension final Cluster cluster = new Cluster();

  @Test
  void handlersThatAreToldToEndFailAndLoseNothing() {
    GatewayClient client = cluster.startGateway().client();
    UsherProcess email = cluster.launchEmail();
    UsherProcess subscription = cluster.launchSubscription();
    email.awaitReady();
    subscription.awaitReady();
    Load load = Load.start(client, 64, Duration.ofMillis(20), Signups::everySecondSubscribes);
    load.awaitMore(1_000);

    email.terminate();
    subscription.terminate();
    assertThat(email.awaitEnd()).isZero();
    assertThat(subscription.awaitEnd()).isZero();
    load.awaitMore(200);
    cluster.launchEmail();
    cluster.launchSubscription().awaitReady();
    load.awaitMore(200);
    load.stop();
    Books books = client.awaitSettled(Duration.ofSeconds(60));

    assertThat(client.attempts("lost", "failed", "timed-out", "rejected")).isZero();
    assertThat(load.statuses()).containsOnlyKeys(202);
    assertThat(load.breaks()).isEmpty();
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.completed()).isEqualTo(books.accepted()).isEqualTo(load.count());
    assertThat(cluster.journal().query("SELECT DISTINCT attempts FROM delivery"))
        .as("refusals burn no attempt")
        .containsExactly("1");
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }

  @Test
  void gatewayThatIsToldToEndAnswersOrRefusesAndKeepsWhatItAccepted() {
    cluster.with("USHER_SHUTDOWN_TIMEOUT", "10s");
    UsherProcess email = cluster.launchEmail();
    Gateway first = cluster.startGateway();
    email.awaitReady();
    cluster.launchSubscription().awaitReady();
    Load load =
        Load.start(first.client(), 64, Duration.ofMillis(5), Signups::everySecondSubscribes);
    load.awaitMore(1_000);

    first.process().terminate();
    long begin = System.nanoTime();
    int exitCode = first.process().awaitEnd();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    load.stop();

    assertThat(exitCode).isZero();
    assertThat(took).isLessThan(Duration.ofSeconds(15));
    assertThat(load.statuses().keySet()).isSubsetOf(202, 503);
    assertThat(cluster.journal().wrongTotals()).isEmpty();
    assertThat(cluster.journal().query("SELECT count(*) FROM delivery WHERE state = 1"))
        .as("attempts that nobody waits for")
        .containsExactly("0");
    GatewayClient client = cluster.startGateway().client();
    Books books = client.awaitSettled(Duration.ofSeconds(60));
    assertThat(client.attempts("lost", "failed", "timed-out")).isZero();
    assertThat(load.accepted())
        .allSatisfy(id -> assertThat(client.state(id)).isEqualTo("completed"));
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.accepted())
        .as("only the answered are accepted, and the answers of a broken connection")
        .isBetween((long) load.count(), (long) load.count() + load.breaks().size());
    assertThat(cluster.journal().integrity()).isEqualTo("ok");
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
    System.out.println(
        "SIGTERM of the gateway: "
            + load.statuses()
            + ", "
            + load.breaks().size()
            + " connections closed, exit after "
            + took.toMillis()
            + " ms");
  }

  @Test
  void gatewayWithoutLoadEndsAtOnce() {
    Gateway gateway = cluster.startGateway();
    Await.until(
        "it is ready",
        () -> gateway.client().admin("/health/ready").path("status").asText().equals("up"));
    long begin = System.nanoTime();
    gateway.process().terminate();
    assertThat(gateway.process().awaitEnd()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
  }
}
