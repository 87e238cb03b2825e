package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Nothing that a client puts in a body is accepted by half, blamed on the gateway, or logged. */
class BadBodyIT {

  private static final String JSON = "Content-Type: application/json";
  private static final int TEN_MEGABYTES = 10_000_000;

  @TempDir private static Path folder;
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
  private static OpenPorts ports;
  private static Client client;

  @BeforeAll
  static void open() throws Exception {
    LOG.start();
    root().addAppender(LOG);
    ports = OpenPorts.in(folder);
    client = ports.client();
  }

  @AfterAll
  static void nothingWasAcceptedNorLogged() throws Exception {
    long accepted = ports.accepted();
    ports.close();
    root().detachAppender(LOG);

    assertThat(accepted).isZero();
    assertThat(LOG.list).filteredOn(event -> event.getLoggerName().contains("http")).isEmpty();
    assertThat(LOG.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(m -> m.contains("secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "[]",
        "\"secret\"",
        "3",
        "null",
        "{",
        "{\"username\":secret}",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "[[[[[[[[[[[[[[[[[[[[[[[[",
        "\u0000",
        "\uFEFF{}"
      })
  void whatIsNoJsonObjectIsABadRequest(String body) throws IOException {
    Reply reply = client.post(body);

    assertThat(reply.status()).isEqualTo(400);
    assertIsProblem(reply);
    assertThat(reply.body()).doesNotContain("jackson", "Source", "Feature", "\tat ", "secret");
  }

  @Test
  void noBodyAtAllIsABadRequest() throws IOException {
    Reply reply = client.call("POST", "/signups", JSON);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).isEqualTo("The body is empty; send a JSON object.");
  }

  @Test
  void aSignupThatDoesNotFitIsAnsweredWithEveryFault() throws IOException {
    Reply reply = client.post("{\"username\":\"a\\r\\nBcc: x@y\",\"email\":\"secret\"}");

    assertThat(reply.status()).isEqualTo(422);
    assertIsProblem(reply);
    assertThat(reply.faults())
        .containsExactlyInAnyOrder(
            "/username: must not contain control characters or line breaks",
            "/email: must be an email address, such as name@example.com");
    assertThat(reply.json().path("errors").get(0).path("code").asText()).isEqualTo("format");
    assertThat(reply.body()).doesNotContain("secret", "Bcc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Content-Type:",
        "Content-Type: text/plain",
        "Content-Type: application/xml",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: application/problem+json",
        "Content-Type: application/json, text/plain",
        "Content-Type: */*",
        "Content-Type: application/json; charset=iso-8859-1",
        "Content-Type: application/json; charset=utf-16"
      })
  void anotherMediaTypeIsRefusedAndTheRightOneNamed(String header) throws IOException {
    Reply reply = client.post(Client.SIGNUP.getBytes(StandardCharsets.UTF_8), header);

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.header("Accept-Post"))
        .isEqualTo(
            "application/json, application/x-www-form-urlencoded, application/cloudevents+json");
    assertIsProblem(reply);
  }

  @Test
  void aCompressedBodyIsRefused() throws IOException {
    Reply reply = client.post(new byte[] {31, -117, 8, 0}, JSON, "Content-Encoding: gzip");

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.header("Accept-Encoding")).isEqualTo("identity");
    assertIsProblem(reply);
  }

  @Test
  void oneByteTooManyIsTooMany() throws IOException {
    assertThat(client.post(blanks(OpenPorts.BODY_LIMIT), JSON).status()).isEqualTo(400);

    Reply reply = client.post(blanks(OpenPorts.BODY_LIMIT + 1), JSON);

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.detail())
        .isEqualTo("The body is longer than the 65536 bytes this gateway takes.");
    assertIsProblem(reply);
  }

  @Test
  void aClientThatSendsTenMegabytesBeforeItListensHearsThatTheyAreTooMany() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(client.post(blanks(TEN_MEGABYTES), JSON).status()).isEqualTo(413);
      assertThat(client.send(chunkedHead("Accept: */*"), chunks(TEN_MEGABYTES)).status())
          .isEqualTo(413);
      assertThat(client.send(chunkedHead("Connection: close"), chunks(TEN_MEGABYTES)).status())
          .isEqualTo(413);
    }
  }

  @Test
  void aBodyWithoutEndIsRefusedAndItsConnectionEnds() throws Exception {
    byte[] chunk = chunks(8_000);
    try (Socket socket = client.open()) {
      socket.getOutputStream().write(chunkedHead("Accept: */*").getBytes(StandardCharsets.UTF_8));
      Thread endless = new Thread(() -> writeForEver(socket, chunk), "endless");
      endless.start();
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
      endless.join(20_000);

      assertThat(new String(status, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 413");
      assertThat(endless.isAlive()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 70000", "Content-Length: 99999999999"})
  void aClientThatAsksFirstIsToldNotToSendTooMuch(String length) throws IOException {
    String answer =
        client.exchange(
            Client.request("POST", "/signups", List.of(JSON, "Expect: 100-continue", length)),
            new byte[0]);

    assertThat(answer).startsWith("HTTP/1.1 413 ").doesNotContain("100 Continue");
  }

  @Test
  void aClientThatAsksFirstIsToldNotToSendTheWrongType() throws IOException {
    String head =
        Client.request(
            "POST",
            "/signups",
            List.of("Content-Type: text/plain", "Expect: 100-continue", "Content-Length: 5"));

    assertThat(client.exchange(head, new byte[0]))
        .startsWith("HTTP/1.1 415 ")
        .contains("connection: close")
        .doesNotContain("100 Continue");
  }

  @Test
  void anUnknownExpectationIsRefused() throws IOException {
    Reply reply =
        client.post(Client.SIGNUP.getBytes(StandardCharsets.UTF_8), JSON, "Expect: 200-ok");

    assertThat(reply.status()).isEqualTo(417);
    assertIsProblem(reply);
  }

  @Test
  void brokenChunksAreABadRequest() throws IOException {
    Reply reply =
        client.send(
            Client.request("POST", "/signups", List.of(JSON, "Transfer-Encoding: chunked")),
            "zz\r\n{}\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isIn(400, 0);
  }

  @Test
  void halfABodyIsNoSignup() throws IOException {
    try (Socket socket = client.open()) {
      socket
          .getOutputStream()
          .write(
              (Client.request("POST", "/signups", List.of(JSON, "Content-Length: 99"))
                      + Client.SIGNUP)
                  .getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();

      assertThat(Client.readAll(socket)).isEmpty();
    }
  }

  @Test
  void aClientThatStopsInTheMiddleIsNotWaitedForForEver() throws IOException {
    String head = Client.request("POST", "/signups", List.of(JSON, "Content-Length: 99"));

    assertThat(client.exchange(head, new byte[] {'{'})).isEmpty();
  }

  private static void assertIsProblem(Reply reply) {
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    List<String> keys = new ArrayList<>();
    reply.json().fieldNames().forEachRemaining(keys::add);
    assertThat(keys).startsWith("type", "title", "status", "detail");
    assertThat(reply.json().path("status").asInt()).isEqualTo(reply.status());
    assertThat(reply.detail()).endsWith(".");
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static byte[] blanks(int length) {
    byte[] blanks = new byte[length];
    Arrays.fill(blanks, (byte) ' ');
    return blanks;
  }

  private static String chunkedHead(String header) {
    return Client.request("POST", "/signups", List.of(JSON, "Transfer-Encoding: chunked", header));
  }

  /** One chunk after the other, with no last one. */
  private static byte[] chunks(int length) {
    String chunk = "1f40\r\n" + " ".repeat(8_000) + "\r\n";
    return chunk.repeat(length / 8_000).getBytes(StandardCharsets.UTF_8);
  }

  private static void writeForEver(Socket socket, byte[] chunk) {
    try {
      while (true) {
        socket.getOutputStream().write(chunk);
      }
    } catch (IOException closed) {
      // What the test waits for.
    }
  }
}
