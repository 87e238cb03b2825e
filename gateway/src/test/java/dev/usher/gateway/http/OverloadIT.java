package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverloadIT {

  @TempDir private Path folder;

  @Test
  void tooManyOpenDeliveriesAreRefusedUntilThereIsRoom() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder, 1)) {
      Client client = ports.client();
      assertThat(client.post("{\"subscribe\":1}").status()).isEqualTo(202);

      assertIsRefused(client.post("{}"), "overloaded", "too many deliveries are open");
      assertThat(ports.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aJournalThatIsDownRefusesAndTheReceiptsCanStillBeRead() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      Client client = ports.client();
      Reply accepted = client.post(Client.SIGNUP);
      ports.journal().takeDown();

      assertIsRefused(client.post(Client.SIGNUP), "overloaded", "the journal can't be written");
      assertThat(client.call("GET", accepted.header("Location")).status()).isEqualTo(200);
      assertThat(ports.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aDiskThatIsNearlyFullRefusesAndIsNotReady() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      ports.journal().fillDisk();

      assertIsRefused(ports.client().post(Client.SIGNUP), "overloaded", "the disk is nearly full");
      assertThat(ports.accepted()).isZero();
      Reply ready = ports.admin().call("GET", "/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("\"disk\":\"low\"");
    }
  }

  @Test
  void aCommitThatFailsIsRefusedWithoutItsReason() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      Client client = ports.client();
      Reply accepted = client.post(Client.SIGNUP);
      ports.journal().fail();

      assertIsRefused(client.post(Client.SIGNUP), "journal", "the journal is not available");
      Reply receipt = client.call("GET", accepted.header("Location"));
      assertIsRefused(receipt, "journal", "the journal is not available");
      assertThat(receipt.body()).doesNotContain("secret", "disk full", "SQL");
    }
  }

  @Test
  void aGatewayThatLeavesRefuses() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      ports.drain();

      assertIsRefused(ports.client().post(Client.SIGNUP), "overloaded", "is shutting down");
      assertThat(ports.accepted()).isZero();
    }
  }

  private static void assertIsRefused(Reply reply, String code, String why) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.detail()).contains(why);
    assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 60);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }
}
