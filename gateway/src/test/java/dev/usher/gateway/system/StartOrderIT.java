package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who starts first does not matter. */
class StartOrderIT {

  @RegisterExtension final Cluster cluster = new Cluster();

  @Test
  void handlerWithoutAGatewaySaysSoAndServesTheOneThatComes() {
    UsherProcess email = cluster.launchEmail().awaitReady();
    assertThat(email.awaitLine("alone: no gateway at 127.0.0.1:"))
        .contains("check USHER_CLUSTER_MEMBERS");

    GatewayClient client = cluster.startGateway().client();
    String id = client.accept(Signups.person(1));

    email.awaitLine("gateway found");
    client.awaitCompleted(id);
    assertThat(client.attempts("lost", "failed", "timed-out", "refused")).isZero();
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }
}
