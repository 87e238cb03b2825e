package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolIT {

  private static final int CUT_OFF = 0;

  @TempDir private static Path folder;
  private static OpenPorts ports;
  private static Client client;

  @BeforeAll
  static void open() throws Exception {
    ports = OpenPorts.in(folder);
    client = ports.client();
  }

  @AfterAll
  static void close() throws Exception {
    ports.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"})
  void signupsTakesOnlyPost(String method) throws IOException {
    Reply reply = client.call(method, "/signups");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
  void aReceiptTakesOnlyGetAndHead(String method) throws IOException {
    Reply reply = client.call(method, "/signups/signup_00000000000000000000000001");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
    assertThat(reply.code()).isEqualTo("method");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//",
        "/nope",
        "/SIGNUPS",
        "/signups;a=b",
        "/signups%00",
        "/signups%2f",
        "/signups/x",
        "/signups/signup_",
        "/signups/signup_00000000000000000000000009",
        "/signups/%ff",
        "/signups/a/b",
        "/signups/..",
        "/signups/%2e%2e/%2e%2e/etc/passwd",
        "*",
        "signups",
        "/admin/actions",
        "/metrics",
        "/health/live"
      })
  void whatIsNotThereIsNotFound(String path) throws IOException {
    Reply reply = client.call("GET", path);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.code()).isEqualTo("not-found");
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void headIsGetWithoutTheBody() throws IOException {
    String place = client.post(Client.SIGNUP).header("Location");
    Reply head = client.call("HEAD", place);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo("application/json");
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"//signups", "/signups//", "///signups"})
  void aUrlHasOneSpelling(String path) throws IOException {
    assertThat(client.call("POST", path, "Content-Type: application/json").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%zz", "/signups/%", "/signups/%e", "/%u0041"})
  void aMalformedPathIsABadRequest(String path) throws IOException {
    for (String method : List.of("GET", "POST")) {
      Reply reply = client.call(method, path);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.code()).isEqualTo("bad-request");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello|400",
        "GET / HTTX|400",
        "GET /signups HTTP/1.1~Host: x~Foo|400",
        "GET /signups HTTP/1.1~Host: x~Foo : bar|400",
        "POST /signups HTTP/1.1~Host: x~Content-Length: -2|400",
        "POST /signups HTTP/1.1~Host: x~Content-Length: many|400",
        "POST /signups HTTP/1.1~Host: x~Content-Length: 2~Content-Length: 3|400",
        "POST /signups HTTP/1.1~Host: x~Content-Length: 99999999999999999999|400",
        "POST /signups HTTP/1.1~Host: x~Content-Length: 5~Transfer-Encoding: chunked|400",
        "POST /signups HTTP/1.1~Host: x~Transfer-Encoding: chunked~Content-Length: 5|400",
        "GET /signups HTTP/9.9~Host: x|505",
        "PRI * HTTP/2.0|505",
      })
  void whatIsNoHttpIsABadRequest(String head, int status) throws IOException {
    Reply reply = client.send(head.replace("~", "\r\n") + "\r\n\r\n", new byte[0]);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("status").asInt()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aLongUrlIsRefused() throws IOException {
    assertThat(client.call("GET", "/" + "a".repeat(5_000)).code()).isEqualTo("long-url");
    assertThat(statusOrCutOff("/" + "a".repeat(1_000_000))).isIn(414, CUT_OFF);
  }

  @Test
  void longHeadersAreRefused() throws IOException {
    assertThat(client.call("GET", "/signups", "X: " + "a".repeat(9_000)).code())
        .isEqualTo("long-headers");
    assertThat(statusOrCutOff("/signups", "X: " + "a".repeat(1_000_000))).isIn(431, CUT_OFF);
    assertThat(statusOrCutOff("/signups", "X: abcdefgh\r\n".repeat(2_000) + "Y: z"))
        .isIn(431, CUT_OFF);
  }

  /** Vert.x closes at once what is no HTTP: a client that still sends may not hear the answer. */
  private int statusOrCutOff(String path, String... headers) throws IOException {
    try {
      return client.call("GET", path, headers).status();
    } catch (SocketException cutOff) {
      return CUT_OFF;
    }
  }

  @Test
  void aClientThatSaysNothingIsSentAway() throws IOException {
    try (Socket socket = client.open()) {
      socket.getOutputStream().write("GET /sig".getBytes(StandardCharsets.UTF_8));

      assertThat(Client.readAll(socket)).isEmpty();
    }
  }

  @Test
  void aShortUnwantedBodyDoesNotEndTheConnection() throws IOException {
    String wrong = Client.request("POST", "/nope", List.of("Content-Length: 5")) + "hello";
    String last = Client.request("GET", "/nope", List.of("Connection: close"));

    assertThat(client.exchange(wrong + wrong + last, new byte[0]).split("HTTP/1.1 404")).hasSize(4);
  }

  @Test
  void aLongUnwantedBodyEndsTheConnectionOnceItsSenderHasTheAnswer() throws IOException {
    byte[] body = new byte[5_000_000];
    String head = Client.request("PUT", "/nope", List.of("Content-Length: " + body.length));

    Reply reply = client.send(head, body);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Connection")).isEqualTo("close");
  }

  @Test
  void aClientThatWouldRatherSpeakHttp2IsAnsweredInHttp1() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + client.port() + "/signups"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Client.SIGNUP))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }
}
