package dev.usher.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import dev.usher.gateway.pipeline.Loopback;
import dev.usher.gateway.pipeline.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyApiIT extends WithOpenPorts {

  private static final String VERIFY = "/admin/verify";

  @Test
  void signupThatVerifiesIsMarkedAndOwedTheLoopbackActionAlone() throws IOException {
    Reply first = post("{\"run\":\"r-1\",\"number\":7}");
    Reply again = post("{\"run\":\"r-1\",\"number\":7}");

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.json().path("actions").fieldNames())
        .toIterable()
        .containsExactly(Loopback.NAME);
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(ports.payloads())
        .containsExactly("{\"usherVerify\":{\"run\":\"r-1\",\"number\":7}}");
  }

  @Test
  void itIsRemovedOnceItWasPerformed() throws Exception {
    ports.serve(Loopback.ADDRESS);
    String id = post("{\"run\":\"r-1\",\"number\":1}").json().path("id").asText();
    ports.awaitRunning(1);

    assertThat(delete(id).status()).isEqualTo(409);
    ports.endAll(Outcome.SUCCEEDED);
    OpenPorts.until(() -> ports.pipeline().totals().completed() == 1);

    assertThat(delete(id).body()).isEqualTo("{\"removed\":true}");
    assertThat(delete(id).status()).isEqualTo(404);
    assertThat(ports.payloads()).isEmpty();
  }

  @Test
  void everyFaultIsNamedAtOnceAndNothingIsAccepted() throws IOException {
    Reply reply = post("{\"run\":\"a b\",\"number\":0,\"x\":1}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/run", "/number", "/x");
    assertThat(ports.accepted()).isZero();
  }

  @Test
  void itTakesARoleThatMayOperate() throws IOException {
    List<Integer> statuses =
        List.of(
            post(OpenPorts.VIEW_TOKEN, "{\"run\":\"r\",\"number\":1}").status(),
            post(OpenPorts.OPERATE_TOKEN, "{\"run\":\"r\",\"number\":1}").status());

    assertThat(statuses).containsExactly(403, 202);
  }

  private Reply post(String body) throws IOException {
    return post(OpenPorts.TOKEN, body);
  }

  private Reply post(String token, String body) throws IOException {
    String head =
        Client.request(
            "POST",
            VERIFY,
            List.of("Authorization: Bearer " + token, "Content-Length: " + body.length()));
    return admin.send(head, body.getBytes(UTF_8));
  }

  private Reply delete(String id) throws IOException {
    return admin.call("DELETE", VERIFY + "/" + id, AUTHORIZED);
  }
}
