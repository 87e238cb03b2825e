package dev.usher.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.bridge.fixture.TcpClient;
import dev.usher.wire.Announcement;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client can't do to the bridge, whatever it sends. Another one is served all the while. */
class HostileClientIT extends WithBridge {

  private static final String TOKEN = "0123456789abcdef";

  /** A client that does not read is cut off from us long before this much of ours waits for it. */
  private static final long FAR_TOO_MUCH = 64L << 20;

  @AfterEach
  void anotherClientIsServed() {
    TcpClient other = client();
    Announcement instance = registered(other, "usher-token", TOKEN);
    gateway.deliver(instance, "{}", "signup_9.mail");
    other.reply(other.heard(), new JsonObject(), "fine");
    while (!gateway.outcome().delivery().equals("signup_9.mail")) {
      // of the hostile client
    }
  }

  @Test
  void frameOfTwoGigabytesIsRefusedBeforeThereIsRoomForIt() {
    TcpClient client = client();

    client.write((byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) '{');

    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void frameOfFourGigabytesIsNoNegativeNumber() {
    TcpClient client = client();

    client.write((byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff);

    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void halfAFrameHoldsUpNobody() {
    client().write((byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) '{');
  }

  @Test
  void frameThatIsNoJsonObjectEndsTheConnection() {
    for (String nonsense : new String[] {"nonsense", "[]", "", "[".repeat(5_000)}) {
      TcpClient client = client();
      byte[] bytes = nonsense.getBytes(StandardCharsets.UTF_8);

      client.write(ByteBuffer.allocate(4).putInt(bytes.length).array());
      client.write(bytes);

      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void frameOfNoKnownTypeIsAnsweredSo() {
    TcpClient client = client();

    client.say(new JsonObject().put("type", "explode").put("address", EMAIL));
    client.say(new JsonObject().put("type", 7));

    assertThat(client.heard().getString("message")).isEqualTo("unknown_type");
    assertThat(client.heard().getString("message")).isEqualTo("missing_address");
  }

  @Test
  void strangerIsShownOutAndSentNothing() {
    TcpClient silent = client(TOKEN);
    TcpClient wrong = client(TOKEN);

    silent.register(EMAIL);
    wrong.register(EMAIL, "usher-token", TOKEN + "x");

    assertThat(silent.heard().getString("message")).isEqualTo("access_denied");
    assertThat(silent.isClosed()).isTrue();
    assertThat(wrong.heard().getString("message")).isEqualTo("access_denied");
    assertThat(wrong.isClosed()).isTrue();
  }

  @Test
  void strangerThatOnlyPingsIsAnsweredAndShownOutInTime() {
    TcpClient client = client(TOKEN);

    client.say(new JsonObject().put("type", "ping"));
    assertThat(client.heard().getString("type")).isEqualTo("pong");

    passes(Limits.INTRODUCTION.plusSeconds(1));
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void strangerMayNotEvenSendALongFrame() {
    TcpClient client = client(TOKEN);

    client.write(ByteBuffer.allocate(4).putInt(Limits.STRANGER_FRAME_BYTES + 1).array());

    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void clientCanHoldOnlyAsManyRegistrationsAsThereAre() {
    TcpClient client = client();
    Announcement instance = registered(client);
    gateway.deliver(instance, "{}", DELIVERY);
    client.heard();

    // Each drains for a moment after it was unregistered, and counts until then.
    IntStream.range(0, 500)
        .forEach(
            n -> {
              client.unregister(EMAIL);
              client.register(EMAIL);
            });

    JsonObject heard = client.heard();
    while (!"too_many_registrations".equals(heard.getString("message"))) {
      heard = client.heard();
    }
    client.close();
  }

  @Test
  void millionRegistrationsByOneWhoNeverReadsComeToAStop() throws Exception {
    client();
    byte[] frame = frame("{\"type\":\"register\",\"address\":\"no.such.action\"}");
    ByteBuffer many = ByteBuffer.allocate(frame.length * 1_000);
    IntStream.range(0, 1_000).forEach(n -> many.put(frame));

    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress("127.0.0.1", client().port()))) {
      channel.configureBlocking(false);
      long written = 0;
      int idle = 0;
      for (int i = 0; i < 1_000 && idle < 200; i++) {
        int now = channel.write(many.rewind());
        written += now;
        idle = now == 0 ? idle + 1 : 0;
        if (now == 0) {
          roundTrip();
        } else if (now % frame.length != 0) {
          break;
        }
      }
      assertThat(written).isLessThan(FAR_TOO_MUCH);
    }
  }

  @Test
  void whoDoesNotReadIsRefusedFurtherAttempts() {
    TcpClient client = client();
    client.register(EMAIL, "usher-slots", "256");
    Announcement instance = gateway.announced(InstanceState.UP);
    String payload = "{\"text\":\"" + "x".repeat(256 << 10) + "\"}";

    IntStream.range(0, 200)
        .forEach(n -> gateway.deliver(instance, payload, "signup_" + n + ".mail"));

    assertThat(gateway.outcome().verdict()).isEqualTo(Verdict.REFUSED);
    client.close();
    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isFalse();
  }

  @Test
  void oneClientTooManyIsClosedAndTheOthersGoOn() throws Exception {
    TcpClient first = client();
    Socket[] sockets = new Socket[Limits.CONNECTIONS];
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = new Socket("127.0.0.1", first.port());
    }

    assertThat(new TcpClient(sockets[sockets.length - 1]).isClosed()).isTrue();
    registered(first);
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void portThatIsTakenIsAFailure() {
    int port = client().port();
    BridgeRules same =
        new BridgeRules(
            "127.0.0.1", port, Optional.empty(), Optional.empty(), Duration.ofSeconds(1));

    assertThatThrownBy(() -> await(Bridge.open(vertx, "node-1", same, ACTIONS::contains)))
        .hasMessageContaining("the bridge can't listen on 127.0.0.1:" + port)
        .hasMessageContaining("in use; see bridge.host, bridge.port");
  }

  private void roundTrip() {
    TcpClient other = client();
    other.say(new JsonObject().put("type", "ping"));
    assertThat(other.heard().getString("type")).isEqualTo("pong");
    other.close();
  }

  private static byte[] frame(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }
}
