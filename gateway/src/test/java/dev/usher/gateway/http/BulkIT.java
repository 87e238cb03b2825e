package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BulkIT extends WithOpenPorts {

  private static final String LINES = "Content-Type: application/x-ndjson";

  @Test
  void everyLineHasItsResultInOrderAndABadOneDoesNotStopTheRest() throws IOException {
    List<JsonNode> results = send(Client.SIGNUP + "\n{\"username\":\"x\"}\nno\n" + Client.SIGNUP);

    assertThat(results)
        .extracting(result -> result.path("line").asInt())
        .containsExactly(1, 2, 3, 4);
    assertThat(results)
        .extracting(result -> result.path("status").asInt())
        .containsExactly(202, 422, 400, 202);
    assertThat(results.get(0).path("id").asText()).startsWith("signup_");
    assertThat(results.get(0).path("state").asText()).isEqualTo("open");
    assertThat(results.get(1).at("/errors/0/pointer").asText()).isEqualTo("/email");
    assertThat(results.get(2).path("type").asText()).isEqualTo("urn:usher:problem:malformed-json");
    assertThat(ports.accepted()).isEqualTo(2);
  }

  @Test
  void faultInALineHasItsPlaceInThatLine() throws IOException {
    List<JsonNode> results = send(Client.SIGNUP + "\n{\"username\" 1}\n");

    assertThat(results.get(1).path("detail").asText()).startsWith("Column 13: ");
    assertThat(results.get(1).path("line").asInt()).isEqualTo(2);
  }

  @Test
  void blankLinesAreSkippedButCounted() throws IOException {
    assertThat(send("\n" + Client.SIGNUP + "\r\n \t\r\n\n" + Client.SIGNUP + "\n\n"))
        .extracting(result -> result.path("line").asInt())
        .containsExactly(2, 5);
    assertThat(ports.payloads()).containsExactly(Client.SIGNUP, Client.SIGNUP);
  }

  @Test
  void sentAgainUnderTheSameKeyItResumes() throws IOException {
    send(Client.SIGNUP + "\n" + Client.SIGNUP + "\n", "Idempotency-Key: K");
    List<JsonNode> again =
        send(Client.SIGNUP + "\n{}\n" + Client.SIGNUP + "\n", "Idempotency-Key: K");

    assertThat(again.get(0).path("replayed").asBoolean()).isTrue();
    assertThat(again.get(1).path("status").asInt()).isEqualTo(422);
    assertThat(again.get(2).has("replayed")).isFalse();
    assertThat(ports.accepted()).isEqualTo(3);
  }

  @Test
  void lineNHasTheKeyWithItsNumber() throws IOException {
    send(Client.SIGNUP + "\n", "Idempotency-Key: K");
    Reply one =
        ports
            .client()
            .post(
                Client.SIGNUP.getBytes(StandardCharsets.UTF_8),
                "Content-Type: application/json",
                "Idempotency-Key: K:1");

    assertThat(one.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void aLineOverTheLimitIsRefusedAndNotKept() throws IOException {
    String long1 = "{\"a\":\"" + "x".repeat(OpenPorts.BODY_LIMIT) + "\"}";
    List<JsonNode> results = send(long1 + "\n" + Client.SIGNUP + "\n" + long1);

    assertThat(results)
        .extracting(result -> result.path("status").asInt())
        .containsExactly(413, 202, 413);
  }

  @Test
  void overloadIsWaitedOutAndNotReported() throws Exception {
    ports.journal().fail();
    CompletableFuture<List<JsonNode>> results =
        CompletableFuture.supplyAsync(() -> sendUnchecked(Client.SIGNUP + "\n" + Client.SIGNUP));
    ports.journal().awaitRefusals(3);
    ports.journal().bringBack();

    assertThat(results.get(20, TimeUnit.SECONDS))
        .extracting(result -> result.path("status").asInt())
        .containsExactly(202, 202);
    assertThat(ports.accepted()).isEqualTo(2);
  }

  @Test
  void moreRefusedLinesInARowThanAreTakenAtOnceDoNotStopTheRest() throws IOException {
    assertThat(send("no\n".repeat(3_000) + Client.SIGNUP + "\n"))
        .hasSize(3_001)
        .last()
        .satisfies(last -> assertThat(last.path("status").asInt()).isEqualTo(202));
  }

  @Test
  void aClientThatDoesNotReadIsNotReadFromEither() throws Exception {
    String block = ("[" + " ".repeat(200) + "]\n").repeat(1_000);
    int blocks = 400;
    try (Socket socket = ports.admin().open()) {
      OutputStream out = socket.getOutputStream();
      out.write(head(List.of("Content-Length: " + (long) block.length() * blocks)));
      Sender sender = new Sender(out, block, blocks);
      sender.start();
      sender.awaitStandstill();

      assertThat(sender.sent).as("blocks taken of one who does not read").isLessThan(blocks - 100);
      assertThat(results(socket)).isEqualTo(blocks * 1_000L);
      sender.join();
    }
  }

  @Test
  void anotherMediaTypeOrMethodIsRefused() throws IOException {
    Reply wrong =
        ports.admin().call("POST", "/admin/signups", AUTHORIZED, "Content-Type: text/csv");
    Reply nobody = ports.admin().call("POST", "/admin/signups", LINES);

    assertThat(wrong.status()).isEqualTo(415);
    assertThat(wrong.header("Accept-Post")).isEqualTo("application/x-ndjson");
    assertThat(nobody.status()).isEqualTo(401);
  }

  private List<JsonNode> sendUnchecked(String body) {
    try {
      return send(body);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<JsonNode> send(String body, String... headers) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Length: " + bytes.length);
    try (Socket socket = ports.admin().open()) {
      socket.getOutputStream().write(head(all));
      socket.getOutputStream().write(bytes);
      return lines(socket)
          .lines()
          .filter(line -> line.startsWith("{"))
          .map(OpenPorts::json)
          .toList();
    }
  }

  private static byte[] head(List<String> headers) {
    List<String> all = new ArrayList<>(headers);
    all.addAll(List.of(AUTHORIZED, LINES, "Connection: close"));
    return Client.request("POST", "/admin/signups", all).getBytes(StandardCharsets.US_ASCII);
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Counts the results, which come in chunks, and checks their order. */
  private static long results(Socket socket) throws IOException {
    BufferedReader in = lines(socket);
    assertThat(in.readLine()).startsWith("HTTP/1.1 200");
    long count = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("{")) {
        assertThat(line).startsWith("{\"line\":" + ++count + ",");
      }
    }
    return count;
  }

  /** Sends blocks until nobody takes any more, and goes on once somebody does. */
  private static final class Sender extends Thread {

    private final OutputStream out;
    private final String block;
    private final int blocks;
    private volatile int sent;

    Sender(OutputStream out, String block, int blocks) {
      this.out = out;
      this.block = block;
      this.blocks = blocks;
    }

    @Override
    public void run() {
      try {
        for (; sent < blocks; sent++) {
          out.write(block.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** Until no block was taken for a while that is far longer than one takes. */
    void awaitStandstill() {
      int before = -1;
      while (sent != before || sent == 0) {
        before = sent;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      }
    }
  }
}
