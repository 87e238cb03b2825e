package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptIT extends WithOpenPorts {

  @Test
  void aSignupIsAcceptedWithItsPlaceAndItsReceipt() throws IOException {
    Reply reply =
        client.post(
            "{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"subscribe\":{},\"busy\":1}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("Location")).isEqualTo("/signups/signup_00000000000000000000000001");
    assertThat(reply.json())
        .isEqualTo(
            OpenPorts.json(
                """
                {"id":"signup_00000000000000000000000001","state":"open","actions":{
                 "welcome-email":{"required":true,"state":"pending","waitingFor":"no-handler"},
                 "subscribe":{"required":false,"state":"pending","waitingFor":"no-handler"},
                 "busy":{"required":false,"state":"running"}}}
                """));
  }

  @Test
  void anOptionalActionNeedsItsKeyWithAValue() throws IOException {
    JsonNode actions =
        client
            .post("{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"subscribe\":null}")
            .json()
            .path("actions");

    assertThat(actions.fieldNames()).toIterable().containsExactly("welcome-email");
  }

  @Test
  void theReceiptCanBeAskedForAgainAndShowsNothingOfThePayload() throws IOException {
    Reply accepted = client.post(Client.SIGNUP);
    Reply reply = client.call("GET", accepted.header("Location"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.json()).isEqualTo(accepted.json());
    assertThat(reply.body()).doesNotContain("Ada", "example.com");
  }

  @Test
  void htmlInANameIsTheMailsAffair() throws IOException {
    assertThat(client.post("{\"username\":\"<b>Ada</b>\",\"email\":\"ada@example.com\"}").status())
        .isEqualTo(202);
  }

  @Test
  void requestsInOneBreathAreAnsweredInOrder() throws IOException {
    String one = post(Client.SIGNUP, "application/json");
    String wrong = post("hello", "text/plain");
    String last = one.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");

    assertThat(statuses(client.exchange(one + wrong + one + last, new byte[0])))
        .containsExactly("202", "415", "202", "202");
    assertThat(ports.accepted()).isEqualTo(3);
  }

  @Test
  void anHttp10ClientIsServed() throws IOException {
    String request = post(Client.SIGNUP, "application/json").replace("HTTP/1.1", "HTTP/1.0");

    assertThat(client.send(request, new byte[0]).status()).isEqualTo(202);
  }

  @Test
  void aBodyMayComeInChunks() throws IOException {
    Reply reply =
        client.send(
            Client.request(
                "POST",
                "/signups",
                List.of(
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked",
                    "Connection: close")),
            ("5\r\n{\"use\r\n27\r\nrname\":\"Ada\",\"email\":\"ada@example.com\"}\r\n0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isEqualTo(202);
  }

  @Test
  void aClientThatAsksFirstIsToldOnceToGoOn() throws IOException {
    String head =
        Client.request(
            "POST",
            "/signups",
            List.of(
                "Content-Type: application/json",
                "Expect: 100-continue",
                "Content-Length: " + Client.SIGNUP.length(),
                "Connection: close"));
    try (Socket socket = client.open()) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      byte[] goOn = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
      socket.getOutputStream().write(Client.SIGNUP.getBytes(StandardCharsets.UTF_8));

      assertThat(new String(goOn, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 100 ");
      assertThat(Client.readAll(socket)).startsWith("HTTP/1.1 202 ");
    }
  }

  @Test
  void aClientThatHangsUpWithoutWaitingHarmsNobody() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = client.open()) {
        socket
            .getOutputStream()
            .write(post(Client.SIGNUP, "application/json").getBytes(StandardCharsets.UTF_8));
      }
    }

    assertThat(client.post(Client.SIGNUP).status()).isEqualTo(202);
  }

  private static String post(String body, String type) {
    return Client.request(
            "POST",
            "/signups",
            List.of("Content-Type: " + type, "Content-Length: " + body.length()))
        + body;
  }

  private static List<String> statuses(String answers) {
    return java.util.regex.Pattern.compile("HTTP/1\\.1 (\\d{3})")
        .matcher(answers)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
