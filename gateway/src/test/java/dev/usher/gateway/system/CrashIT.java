package dev.usher.gateway.system;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.ScriptedHandler;
import dev.usher.gateway.system.fixture.ScriptedHandler.Seen;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that die without a word, in the middle of it. */
class CrashIT {

  /** A member that a crash left out of the cluster finds back within this. */
  private static final Duration HEAL = Duration.ofSeconds(120);

  private static final String AUDIT = "  audit: { required: true, address: signup.audit, ";
  private static final String[] EMAIL_AND_AUDIT = {
    "  welcome-email: { required: true, address: signup.email }",
    "  subscribe: { required: false, address: signup.subscribe }",
    AUDIT + "concurrency: 4096, retry: { first: 200ms, factor: 2, max: 1s, giveUpAfter: 1h } }"
  };

  @RegisterExtension final Cluster cluster = new Cluster().actions(EMAIL_AND_AUDIT);

  @Test
  void killingTheGatewayWithAThousandSignupsInFlightLosesNone() {
    Gateway first = cluster.startGateway();
    UsherProcess email = cluster.launchEmail();
    UsherProcess subscription = cluster.launchSubscription();
    email.awaitReady();
    subscription.awaitReady();
    Held held = new Held();
    ScriptedHandler audit = cluster.startHandler("signup.audit", 4_096, held::script);

    Load load = Load.start(first.client(), 64, Duration.ZERO, Signups::everySecondSubscribes);
    Await.until("500 attempts are held", () -> held.size() >= 500);
    held.answerHalf();
    Await.until("1,000 attempts are held", () -> held.size() >= 1_000);
    first.process().kill9();
    int heldAtTheKill = held.size();
    load.stop();

    held.release();
    GatewayClient client = cluster.startGateway().client();
    Books books = client.awaitSettled(HEAL);

    assertThat(load.count()).isGreaterThan(1_000);
    assertThat(load.statuses()).containsOnlyKeys(202);
    assertThat(load.accepted())
        .allSatisfy(id -> assertThat(client.state(id)).isEqualTo("completed"));
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.completed()).isEqualTo(books.accepted());
    assertThat(books.accepted()).isGreaterThanOrEqualTo(load.count());
    assertThat(books.succeeded()).isEqualTo(books.planned());
    Set<String> delivered = audit.seen().stream().map(Seen::signup).collect(toSet());
    assertThat(delivered).containsAll(load.accepted()).hasSize((int) books.accepted());
    long duplicates = duplicates(audit.seen());
    assertThat(duplicates).isBetween(1L, client.attempts("lost"));
    System.out.println(
        "kill -9 of the gateway: "
            + load.count()
            + " answered 202, "
            + books.accepted()
            + " accepted, "
            + heldAtTheKill
            + " attempts of audit in flight, all completed; "
            + duplicates
            + " duplicates at audit");
    assertThat(cluster.journal().integrity()).isEqualTo("ok");
    assertThat(cluster.journal().wrongTotals()).isEmpty();
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }

  @Test
  void killingAHandlerUnderLoadEndsItsAttemptsAtOnceAndEverythingCompletes() {
    cluster.actions(
        "  welcome-email: { required: true, address: signup.email,",
        "    retry: { first: 200ms, factor: 2, max: 1s, giveUpAfter: 1h } }");
    GatewayClient client = cluster.startGateway().client();
    UsherProcess email = cluster.launchEmail().awaitReady();
    Load load = Load.start(client, 64, Duration.ZERO, Signups::person);
    load.awaitMore(1_000);
    Await.until("attempts are running", () -> client.books().running() > 0);

    email.kill9();
    Duration took =
        Await.until(
            "no attempt of the dead one is running",
            Duration.ofSeconds(8),
            () -> client.books().running() == 0);
    load.awaitMore(200);
    load.stop();
    long lost = client.attempts("lost");
    cluster.launchEmail().awaitReady();
    Books books = client.awaitSettled(HEAL);

    System.out.println(
        "kill -9 of the email handler: " + lost + " attempts lost, ended after " + took);
    assertThat(took).isLessThan(Duration.ofSeconds(4));
    assertThat(lost).isPositive();
    assertThat(client.attempts("timed-out", "failed", "rejected")).isZero();
    assertThat(client.attempts("lost")).isEqualTo(lost);
    assertThat(load.statuses()).containsOnlyKeys(202);
    assertThat(load.breaks()).isEmpty();
    assertThat(load.accepted())
        .allSatisfy(id -> assertThat(client.state(id)).isEqualTo("completed"));
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.completed()).isEqualTo(books.accepted()).isEqualTo(load.count());
    assertThat(cluster.journal().wrongTotals()).isEmpty();
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }

  /** Attempts of deliveries that had been sent before; each must say that it is a later one. */
  private static long duplicates(List<Seen> seen) {
    Map<String, List<Seen>> byDelivery = seen.stream().collect(groupingBy(Seen::delivery));
    Set<Seen> distinct = new HashSet<>(seen);
    assertThat(distinct).as("no attempt comes twice under one number").hasSameSizeAs(seen);
    return seen.size() - byDelivery.size();
  }

  /** Keeps attempts unanswered until it is told otherwise. */
  private static final class Held {

    private final Queue<Promise<Verdict>> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean isOpen;

    Future<Verdict> script(Object attempt) {
      if (isOpen) {
        return Future.succeededFuture(Verdict.SUCCEEDED);
      }
      Promise<Verdict> promise = Promise.promise();
      waiting.add(promise);
      return promise.future();
    }

    int size() {
      return waiting.size();
    }

    void answerHalf() {
      for (int left = waiting.size() / 2; left > 0; left--) {
        waiting.remove().complete(Verdict.SUCCEEDED);
      }
    }

    /** What is held stays without an answer, as the gateway that asked is gone. */
    void release() {
      isOpen = true;
    }
  }
}
