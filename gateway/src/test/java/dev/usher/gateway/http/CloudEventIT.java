package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloudEventIT extends WithOpenPorts {

  private static final String ATTRIBUTES =
      "\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/shop\",\"type\":\"com.example.user\"";

  @Test
  void theDataOfAnEventIsTheSignup() throws IOException {
    Reply reply = structured("{" + ATTRIBUTES + ",\"data\":" + Client.SIGNUP + "}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(ports.payloads()).containsExactly(Client.SIGNUP);
  }

  @Test
  void theDataMayBeInBase64() throws IOException {
    String data =
        Base64.getEncoder().encodeToString(Client.SIGNUP.getBytes(StandardCharsets.UTF_8));

    assertThat(structured("{" + ATTRIBUTES + ",\"data_base64\":\"" + data + "\"}").status())
        .isEqualTo(202);
    assertThat(ports.payloads()).containsExactly(Client.SIGNUP);
    assertThat(structured("{" + ATTRIBUTES + ",\"data_base64\":\"§\"}").faults())
        .containsExactly("/data_base64: must be Base64");
  }

  @Test
  void anEventThatComesAgainIsTheSameSignupInWhicheverMode() throws IOException {
    Reply first = structured("{" + ATTRIBUTES + ",\"data\":" + Client.SIGNUP + "}");
    Reply again =
        structured(
            "{"
                + ATTRIBUTES
                + ",\"time\":\"2026-01-01T00:00:00Z\",\"data\":"
                + Client.SIGNUP
                + "}");
    Reply binary =
        binary(
            Client.SIGNUP, "ce-specversion: 1.0", "ce-id: 7", "ce-source: %2Fshop", "ce-type: x");

    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(binary.header("Location")).isEqualTo(first.header("Location"));
    assertThat(binary.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(ports.accepted()).isEqualTo(1);
  }

  @Test
  void anotherIdOrSourceIsAnotherSignup() throws IOException {
    binary(Client.SIGNUP, "ce-specversion: 1.0", "ce-id: 7", "ce-source: a", "ce-type: x");
    binary(Client.SIGNUP, "ce-specversion: 1.0", "ce-id: 8", "ce-source: a", "ce-type: x");
    binary(Client.SIGNUP, "ce-specversion: 1.0", "ce-id: 8", "ce-source: b", "ce-type: x");

    assertThat(ports.accepted()).isEqualTo(3);
  }

  @Test
  void aKeyThatTheSenderStatesGoesBeforeTheEventsOwn() throws IOException {
    String[] event = {"ce-specversion: 1.0", "ce-id: 7", "ce-source: a", "ce-type: x"};
    for (String key : List.of("one", "two", "one")) {
      List<String> headers = new ArrayList<>(List.of(event));
      headers.add("Idempotency-Key: " + key);
      binary(Client.SIGNUP, headers.toArray(String[]::new));
    }

    assertThat(ports.accepted()).isEqualTo(2);
  }

  @Test
  void everyFaultOfAnEventIsToldAtOnceWithItsPlace() throws IOException {
    Reply reply =
        structured(
            "{\"specversion\":\"0.3\",\"source\":\"\",\"type\":7,\"datacontenttype\":\"text/xml\","
                + "\"data\":{\"username\":\"Ada\",\"email\":\"no\"}}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.faults())
        .contains(
            "/specversion: must be \"1.0\"",
            "/id: is required",
            "/source: must be text, and not empty",
            "/type: must be text, and not empty",
            "/datacontenttype: must be application/json",
            "/data/email: must be an email address, such as name@example.com");
  }

  @Test
  void anEventWithoutDataIsNoSignup() throws IOException {
    assertThat(structured("{" + ATTRIBUTES + "}").faults()).containsExactly("/data: is required");
    assertThat(structured("{" + ATTRIBUTES + ",\"data\":[]}").code()).isEqualTo("not-an-object");
    assertThat(structured("[]").code()).isEqualTo("not-an-object");
    assertThat(ports.accepted()).isZero();
  }

  @Test
  void theHeadersOfABinaryEventAreChecked() throws IOException {
    assertThat(binary(Client.SIGNUP, "ce-specversion: 1.0", "ce-id: 7").faults())
        .containsExactly("ce-source: is required", "ce-type: is required");
  }

  @Test
  void batchesAreNotTaken() throws IOException {
    Reply reply =
        ports
            .client()
            .post(
                "[]".getBytes(StandardCharsets.UTF_8),
                "Content-Type: application/cloudevents-batch+json");

    assertThat(reply.status()).isEqualTo(415);
  }

  private Reply structured(String event) throws IOException {
    return ports
        .client()
        .post(
            event.getBytes(StandardCharsets.UTF_8),
            "Content-Type: application/cloudevents+json; charset=UTF-8");
  }

  private Reply binary(String body, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/json");
    return ports.client().post(body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
  }
}
