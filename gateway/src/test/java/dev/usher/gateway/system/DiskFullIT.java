package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The journal can't grow, and then it can again. */
class DiskFullIT {

  private static final long ROOM = 2 << 20;

  @RegisterExtension
  final Cluster cluster = new Cluster().actions("  audit: { required: true, address: disk.audit }");

  @Test
  void aFullDiskRefusesSignupsLosesNoneAndNeedsNoRestart() {
    Gateway gateway = cluster.startGateway();
    GatewayClient client = gateway.client();
    cluster.startHandler("disk.audit", 64, item -> Future.succeededFuture(Verdict.SUCCEEDED));

    gateway.process().limitFiles(ROOM);
    Load load = Load.start(client, 16, Duration.ofMillis(1), Signups::person);
    Await.until("signups are refused", () -> load.statuses().containsKey(503));
    Await.until("the gateway is not ready", () -> readiness(client).equals("down"));
    long accepted = client.books().accepted();
    String down = gateway.process().awaitLine("the journal still can't be opened");
    assertThat(readiness(client)).as("while " + down).isEqualTo("down");
    assertThat(client.books().accepted()).isEqualTo(accepted);

    gateway.process().unlimitFiles();
    Await.until("the gateway is ready", () -> readiness(client).equals("up"));
    load.awaitMore(100);
    load.stop();
    Books books = client.awaitSettled(Duration.ofSeconds(60));

    assertThat(load.statuses()).containsOnlyKeys(202, 503);
    assertThat(load.breaks()).isEmpty();
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.accepted()).as("all of which a client heard 202").isEqualTo(load.count());
    assertThat(books.completed()).isEqualTo(books.accepted());
    assertThat(load.accepted())
        .allSatisfy(id -> assertThat(client.state(id)).isEqualTo("completed"));
    assertThat(cluster.journal().wrongTotals()).isEmpty();
    assertThat(cluster.journal().integrity()).isEqualTo("ok");
  }

  private static String readiness(GatewayClient client) {
    return client.admin("/health/ready").path("status").asText();
  }
}
