package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that hang for so long that the cluster goes on without them, and come back. */
class FreezeIT {

  // Two places: while a cluster is split its members try every place, for seconds each.
  @RegisterExtension
  final Cluster cluster =
      new Cluster(2)
          .actions(
              "  welcome-email: { required: true, address: signup.email,",
              "    retry: { first: 200ms, factor: 2, max: 1s, giveUpAfter: 1h } }");

  @Test
  void handlerThatHungForLongServesAgainOnceItIsBack() {
    Gateway gateway = cluster.startGateway();
    GatewayClient client = gateway.client();
    UsherProcess email = cluster.launchEmail().awaitReady();
    client.awaitCompleted(client.accept(Signups.person(0)));

    email.freeze();
    String sent = client.accept(Signups.person(1));
    gateway.process().awaitLine("died with 1 attempts in flight", Duration.ofSeconds(40));
    String waiting = client.accept(Signups.person(2));
    Await.until(
        "no handler", () -> client.waitingFor(waiting, "welcome-email").equals("no-handler"));
    email.thaw();

    Books books = client.awaitSettled(Duration.ofSeconds(60));
    assertThat(client.state(sent)).isEqualTo("completed");
    assertThat(client.state(waiting)).isEqualTo("completed");
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }
}
