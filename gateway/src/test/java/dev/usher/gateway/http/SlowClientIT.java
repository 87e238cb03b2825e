package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clients that keep a connection by saying next to nothing. */
class SlowClientIT extends WithOpenPorts {

  private static final int MOST_DRIPS = 1_000;

  @Test
  void aHeadThatComesInDripsIsAnsweredAndCutOff() throws Exception {
    // Half a line of a head counts as silence.
    OpenPorts patient = OpenPorts.patient(folder.resolve("patient"));
    try (Socket socket = patient.client().open()) {
      assertThat(drip(socket, "GET /signups HTTP/1.1\r\nX: "))
          .startsWith("HTTP/1.1 408 Request Timeout\r\n")
          .contains("application/problem+json", "problem:too-slow")
          .endsWith("}");
    } finally {
      patient.close();
    }
  }

  @Test
  void whoSaysNothingIsCutOffWithoutAnAnswerAlsoAfterARequest() throws IOException {
    try (Socket socket = client.open()) {
      assertThat(Client.readAll(socket)).isEmpty();
    }
    try (Socket socket = client.open()) {
      socket
          .getOutputStream()
          .write(Client.request("GET", "/nope", List.of()).getBytes(StandardCharsets.US_ASCII));
      assertThat(Client.readAll(socket)).startsWith("HTTP/1.1 404 ").doesNotContain("408");
    }
  }

  @Test
  void aMalformedChunkIsAnswered() throws IOException {
    String head =
        Client.request(
            "POST",
            "/signups",
            List.of("Content-Type: application/json", "Transfer-Encoding: chunked"));
    try (Socket socket = client.open()) {
      socket
          .getOutputStream()
          .write((head + "5\r\n{\"use\r\nzz\r\nxx\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(Client.readAll(socket))
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json", "problem:bad-request");
    }
  }

  @Test
  void aBodyThatComesInDripsIsAnsweredAndCutOff() throws IOException {
    String head =
        Client.request(
            "POST", "/signups", List.of("Content-Type: application/json", "Content-Length: 60000"));
    try (Socket socket = client.open()) {
      assertThat(drip(socket, head)).startsWith("HTTP/1.1 408 ").contains("problem:too-slow");
    }
  }

  @Test
  void anotherConnectionThanThereMayBeIsClosedAndThereIsRoomOnceOneIsGone() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < OpenPorts.MOST; i++) {
        open.add(client.open());
        open.get(i).getOutputStream().write("G".getBytes(StandardCharsets.US_ASCII));
      }
      try (Socket oneMore = client.open()) {
        assertThat(Client.readAll(oneMore)).isEmpty();
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    while (!isServed()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private boolean isServed() {
    try {
      return client.call("GET", "/nope").status() == 404;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Sends a byte often enough not to be silent, until there is an answer or an end. */
  private static String drip(Socket socket, String begin) throws IOException {
    socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    socket.setSoTimeout(200);
    for (int i = 0; i < MOST_DRIPS; i++) {
      try {
        int first = in.read();
        socket.setSoTimeout(10_000);
        return first < 0 ? "" : (char) first + Client.readAll(socket);
      } catch (java.net.SocketTimeoutException nothingYet) {
        try {
          socket.getOutputStream().write('a');
        } catch (IOException cutOff) {
          return "";
        }
      }
    }
    throw new AssertionError("still served after " + MOST_DRIPS + " drips");
  }
}
