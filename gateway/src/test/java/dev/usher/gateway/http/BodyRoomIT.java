package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that begin long bodies and never end them. */
class BodyRoomIT {

  private static final int ROOM = 40_000;
  private static final String LONG = "{\"username\":\"Ada\",\"note\":\"" + "x".repeat(30_000);

  @TempDir private Path folder;

  @Test
  void halfBodiesTakeNoMoreThanTheirRoomAndGiveItBack() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder, rules());
        Socket first = half(ports.client())) {
      Reply refused = awaitRefusal(ports.client());
      assertThat(refused.code()).isEqualTo("overloaded");
      assertThat(refused.detail()).contains("too many requests are coming in slowly");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
      assertThat(ports.client().post(Client.SIGNUP).status()).as("a short one").isEqualTo(202);

      first.close();
      await(() -> ports.client().post(whole()).status() == 202);
    }
  }

  @Test
  void bodiesThatCameInWholeHaveGivenTheirRoomBack() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder, rules())) {
      for (int i = 0; i < 5; i++) {
        assertThat(ports.client().post(whole()).status()).isEqualTo(202);
      }
    }
  }

  private static IntakeRules rules() {
    return new IntakeRules(
        OpenPorts.BODY_LIMIT, ROOM, FormPages.NONE, List.of(), Optional.empty(), List.of());
  }

  private static String whole() {
    return LONG + "\",\"email\":\"ada@example.com\"}";
  }

  private static Socket half(Client client) throws IOException {
    Socket socket = client.open();
    List<String> headers = List.of("Content-Type: application/json", "Content-Length: 60000");
    byte[] bytes =
        (Client.request("POST", "/signups", headers) + LONG).getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    return socket;
  }

  /** The other half body may not be there yet. */
  private static Reply awaitRefusal(Client client) throws IOException {
    Reply[] last = new Reply[1];
    await(
        () -> {
          last[0] = client.post(whole());
          return last[0].status() == 503;
        });
    return last[0];
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    while (!condition.holds()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
