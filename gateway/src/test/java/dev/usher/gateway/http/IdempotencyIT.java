package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyIT extends WithOpenPorts {

  private static final String OTHER = "{\"username\":\"Eve\",\"email\":\"eve@example.com\"}";

  @Test
  void theSameRequestSentAgainIsTheSameSignup() throws IOException {
    Reply first = post(Client.SIGNUP, "order-7");
    Reply again = post(Client.SIGNUP, "order-7");

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.headers()).doesNotContainKey("idempotency-replayed");
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(ports.accepted()).isEqualTo(1);
  }

  @Test
  void theReceiptIsTheOneOfNow() throws IOException {
    String body = "{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"busy\":1}";
    post(body, "k");
    ports.rejectAll();

    assertThat(post(body, "k").json().at("/actions/busy/state").asText()).isEqualTo("dead");
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() throws IOException {
    post(Client.SIGNUP, "k");
    Reply other = post(OTHER, "k");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("idempotency-key-reused");
    assertThat(ports.accepted()).isEqualTo(1);
  }

  @Test
  void requestsWithoutAKeyAreNeverTheSame() throws IOException {
    assertThat(client.post(Client.SIGNUP).header("Location"))
        .isNotEqualTo(client.post(Client.SIGNUP).header("Location"));
  }

  @Test
  void aRefusedRequestUsesNoKeyUp() throws IOException {
    assertThat(post("{\"username\":\"Ada\"}", "k").status()).isEqualTo(422);
    assertThat(post(Client.SIGNUP, "k").status()).isEqualTo(202);
  }

  @Test
  void whatWasAcceptedCanBeAskedForWhileNothingNewIs() throws Exception {
    Reply first = post(Client.SIGNUP, "k");
    ports.drain();

    assertThat(post(Client.SIGNUP, "k").header("Location")).isEqualTo(first.header("Location"));
    assertThat(post(OTHER, "new").status()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ümlaut", "tab\tinside"})
  void aKeyThatIsNoneIsRefused(String key) throws IOException {
    assertThat(post(Client.SIGNUP, key).code()).isEqualTo("idempotency-key");
  }

  @Test
  void aKeyHas255CharactersAtMost() throws IOException {
    assertThat(post(Client.SIGNUP, "k".repeat(255)).status()).isEqualTo(202);
    assertThat(post(Client.SIGNUP, "k".repeat(256)).code()).isEqualTo("idempotency-key");
  }

  @Test
  void oneRequestHasOneKey() throws IOException {
    Reply reply =
        client.post(
            Client.SIGNUP.getBytes(StandardCharsets.UTF_8),
            "Content-Type: application/json",
            "Idempotency-Key: a",
            "Idempotency-Key: b");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("idempotency-key");
  }

  @Test
  void twinsOnOneConnectionBecomeOneSignup() throws IOException {
    String one =
        Client.request(
                "POST",
                "/signups",
                List.of(
                    "Content-Type: application/json",
                    "Idempotency-Key: k",
                    "Content-Length: " + Client.SIGNUP.length()))
            + Client.SIGNUP;
    String last = one.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");

    assertThat(client.exchange(one + one + one + last, new byte[0]).split("HTTP/1.1 202"))
        .hasSize(5);
    assertThat(ports.accepted()).isEqualTo(1);
  }

  private Reply post(String body, String key) throws IOException {
    return client.post(
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type: application/json",
        "Idempotency-Key: " + key);
  }
}
