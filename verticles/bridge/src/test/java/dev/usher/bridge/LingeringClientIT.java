package dev.usher.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.bridge.fixture.TcpClient;
import dev.usher.wire.Announcement;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that are closed for what they don't do, and when. The time is told, not waited for. */
class LingeringClientIT extends WithBridge {

  private static final String TOKEN = "0123456789abcdef";
  private static final Duration MOMENT = Duration.ofSeconds(2);

  @Test
  void whoShowsNoTokenIsClosedAfterTenSeconds() {
    TcpClient hesitant = client(TOKEN);
    TcpClient silent = client(TOKEN);
    registered(client(TOKEN), "usher-token", TOKEN);

    passes(Limits.INTRODUCTION.minus(MOMENT));
    registered(hesitant, "usher-token", TOKEN);
    passes(Limits.INTRODUCTION.plus(MOMENT));

    assertThat(silent.isClosed()).isTrue();
    assertThatIsOpen(hesitant);
  }

  @Test
  void whoDoesNotFinishAFrameIsClosed() {
    TcpClient client = client();
    byte[] frame = "{\"type\":\"explode\",\"address\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    byte[] whole = ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).array();
    byte[] andSome =
        ByteBuffer.allocate(whole.length + 5).put(whole).putInt(frame.length).put(frame[0]).array();

    client.write(andSome);
    client.heard();
    passes(Limits.SLOWNESS.minus(MOMENT));
    client.write(Arrays.copyOfRange(frame, 1, frame.length));
    assertThat(client.heard().getString("message")).isEqualTo("unknown_type");
    client.write(andSome);
    client.heard();
    passes(Limits.SLOWNESS.plus(MOMENT));

    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void whoDoesNotReadIsClosedAndItsAttemptsAreLost() {
    stopReading();

    passes(Limits.SLOWNESS.plus(MOMENT));
    // Closed in order it has not gone, as that waits for it to read; now it is cut off.
    passes(Limits.SLOWNESS.plus(MOMENT));

    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isFalse();
  }

  @Test
  void whoDoesNotReadHoldsUpNoEndOfTheBridge() {
    stopReading();

    closeBridge();

    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isFalse();
  }

  @Test
  void whoPingsAndFallsSilentIsClosed() {
    TcpClient quiet = client();
    TcpClient pinging = client();
    assertThatIsOpen(quiet);
    ping(pinging);

    passes(Limits.SILENCE.minus(MOMENT));
    ping(pinging);
    passes(Limits.SILENCE.plus(MOMENT));

    assertThat(pinging.isClosed()).isTrue();
    assertThatIsOpen(quiet);
  }

  /** A client with more attempts than wait for one that does not read. */
  private void stopReading() {
    client().register(EMAIL, "usher-slots", "256");
    Announcement instance = gateway.announced(InstanceState.UP);
    String payload = "{\"text\":\"" + "x".repeat(256 << 10) + "\"}";
    IntStream.range(0, 200)
        .forEach(n -> gateway.deliver(instance, payload, "signup_" + n + ".mail"));
    assertThat(gateway.outcome().verdict()).isEqualTo(Verdict.REFUSED);
  }

  private static void ping(TcpClient client) {
    client.say(new JsonObject().put("type", "ping"));
    assertThat(client.heard().getString("type")).isEqualTo("pong");
  }

  /** It is answered, whatever it says. */
  private static void assertThatIsOpen(TcpClient client) {
    client.say(new JsonObject().put("type", "explode").put("address", EMAIL));
    JsonObject heard = client.heard();
    while (!"unknown_type".equals(heard.getString("message"))) {
      heard = client.heard();
    }
  }
}
