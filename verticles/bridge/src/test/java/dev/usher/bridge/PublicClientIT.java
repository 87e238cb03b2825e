package dev.usher.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.bridge.fixture.Program;
import dev.usher.bridge.fixture.TcpClient;
import dev.usher.wire.Announcement;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame.Item;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A client that knows nothing of Usher: vertx3-tcp-eventbus-client 1.0.0-SNAPSHOT of npm. Its
 * frames in {@code npm_client.txt} were recorded between {@code registerHandler} and {@code
 * unregisterHandler}, and then given this test's token and address; what it does with those it gets
 * is in the assertions. The package itself is not needed, as a test must not depend on a registry.
 */
class PublicClientIT extends WithBridge {

  private static final String TOKEN = "0123456789abcdef";

  @Test
  void clientOfNpmServes() throws IOException {
    List<String> frames = Files.readAllLines(Path.of(Program.file("npm_client.txt")));
    TcpClient client = client(TOKEN);

    // Its ping, and all that its onopen sends, is one write.
    client.write(bytes(frames.subList(0, 3)));

    // No address: it takes this for no message, and says so in its log.
    assertThat(client.heard()).isEqualTo(new JsonObject().put("type", "pong"));
    // It looks for the callback by the address, and gives that the code and the message.
    JsonObject refusal = client.heard();
    assertThat(refusal.getString("type")).isEqualTo("err");
    assertThat(refusal.getString("address")).isEqualTo("no.such.address");
    assertThat(refusal.getString("message")).isEqualTo("access_denied");
    assertThat(refusal.getInteger("failureCode")).isEqualTo(-1);

    Announcement instance = gateway.announced(InstanceState.UP);
    assertThat(outcome(client, instance, frames.get(3)))
        .isEqualTo(new Item(DELIVERY, 1, Verdict.SUCCEEDED, -1, "\"Hello Zoë ✓\""));
    assertThat(outcome(client, instance, frames.get(4)).verdict()).isEqualTo(Verdict.REJECTED);

    client.write(bytes(frames.subList(5, 6)));
    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isTrue();
  }

  /** Delivers; its {@code reply} is a {@code send} to the address that the message has. */
  private Item outcome(TcpClient client, Announcement instance, String reply) {
    String delivery = reply.contains("rejected") ? "signup_2.mail" : DELIVERY;
    gateway.deliver(instance, "{\"username\":\"Zoë\"}", delivery);
    JsonObject message = client.heard();
    assertThat(message.getString("address")).isEqualTo(EMAIL);
    String replyAddress = message.getString("replyAddress");
    client.write(bytes(List.of(reply.replaceAll("usher\\.reply\\.\\d+", replyAddress))));
    return gateway.outcome();
  }

  private static byte[] bytes(List<String> frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String frame : frames) {
      byte[] text = frame.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
      bytes.writeBytes(text);
    }
    return bytes.toByteArray();
  }
}
