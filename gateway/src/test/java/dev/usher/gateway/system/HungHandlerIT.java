package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.ScriptedHandler;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A handler that takes deliveries and does not answer in time. */
class HungHandlerIT {

  @RegisterExtension
  final Cluster cluster =
      new Cluster()
          .actions(
              "  stuck: { required: false, address: signup.stuck, timeout: 500ms,",
              "    concurrency: 64, retry: { first: 1h, factor: 1, max: 1h, giveUpAfter: 24h } }",
              "  quick: { required: true, address: signup.quick }");

  @Test
  void stuckActionSlowsNoOtherAndItsLateSuccessesCount() {
    Queue<Promise<Verdict>> held = new ConcurrentLinkedQueue<>();
    GatewayClient client = cluster.startGateway().client();
    ScriptedHandler stuck = cluster.startHandler("signup.stuck", 64, item -> hold(held));
    cluster.startHandler("signup.quick", 64, item -> Future.succeededFuture(Verdict.SUCCEEDED));
    Await.until("both are known", () -> client.instances("signup.quick").size() == 1);

    Load load = Load.of(client, 500, n -> Signups.person("user-" + n, ",\"stuck\":true"));
    Await.until("all signups are completed", () -> client.books().open() == 0);
    Await.until("what is held has timed out", () -> client.attempts("timed-out") >= 64);
    assertThat(client.attempts("succeeded")).isEqualTo(load.count());
    String id = stuck.seen().get(0).signup();
    assertThat(client.waitingFor(id, "stuck")).isEqualTo("backoff");

    Await.until(
        "everything was held",
        () -> {
          held.removeIf(promise -> promise.tryComplete(Verdict.SUCCEEDED));
          return client.books().openDeliveries() == 0;
        });

    Books books = client.awaitSettled(Duration.ofSeconds(10));
    assertThat(client.state(id, "stuck")).isEqualTo("succeeded");
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.succeeded()).isEqualTo(2L * load.count());
    assertThat(cluster.journal().wrongTotals()).isEmpty();
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }

  private static Future<Verdict> hold(Queue<Promise<Verdict>> held) {
    Promise<Verdict> promise = Promise.promise();
    held.add(promise);
    return promise.future();
  }
}
