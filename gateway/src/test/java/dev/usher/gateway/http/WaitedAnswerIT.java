package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import dev.usher.gateway.pipeline.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitedAnswerIT extends WithOpenPorts {

  private static final String EMAIL = "signup.email";

  @Test
  void aSignupThatCompletesInTimeIsAnswered201() throws Exception {
    ports.serve(EMAIL);
    CompletableFuture<Reply> reply = post("Prefer: wait=20");
    ports.awaitRunning(1);
    ports.endAll(Outcome.SUCCEEDED);

    Reply answer = reply.get(20, TimeUnit.SECONDS);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
    assertThat(answer.header("Location")).endsWith(answer.json().path("id").asText());
    assertThat(answer.json().path("state").asText()).isEqualTo("completed");
  }

  @Test
  void aSignupThatFailsIsAnswered202AtOnce() throws Exception {
    ports.serve(EMAIL);
    CompletableFuture<Reply> reply = post("Prefer: wait=20");
    ports.awaitRunning(1);
    ports.endAll(Outcome.REJECTED);

    Reply answer = reply.get(20, TimeUnit.SECONDS);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("state").asText()).isEqualTo("failed");
  }

  @Test
  void whenTimeIsUpTheAnswerTellsHowItStands() throws Exception {
    Reply answer = post("Prefer: wait=1").get(20, TimeUnit.SECONDS);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
    assertThat(answer.json().path("state").asText()).isEqualTo("open");
    assertThat(answer.json().at("/actions/welcome-email/waitingFor").asText())
        .isEqualTo("no-handler");
  }

  @Test
  void aMalformedPreferenceIsIgnored() throws Exception {
    Reply answer = post("Prefer: wait=soon").get(20, TimeUnit.SECONDS);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Preference-Applied")).isEmpty();
  }

  @Test
  void aGatewayThatLeavesAnswersAtOnce() throws Exception {
    try (OpenPorts patient = OpenPorts.patient(folder.resolve("patient"))) {
      CompletableFuture<Reply> reply =
          CompletableFuture.supplyAsync(() -> post(patient.client(), "Prefer: wait=20"));
      OpenPorts.until(() -> patient.accepted() == 1);
      patient.drain();

      Reply answer = reply.get(5, TimeUnit.SECONDS);

      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.json().path("state").asText()).isEqualTo("open");
    }
  }

  @Test
  void aClientThatHangsUpLeavesNothingBehind() throws Exception {
    try (OpenPorts patient = OpenPorts.patient(folder.resolve("patient"))) {
      String head =
          Client.request(
              "POST",
              "/signups",
              List.of(
                  "Content-Type: application/json",
                  "Prefer: wait=20",
                  "Content-Length: " + Client.SIGNUP.length()));
      try (Socket socket = patient.client().open()) {
        socket
            .getOutputStream()
            .write((head + Client.SIGNUP).getBytes(StandardCharsets.ISO_8859_1));
        OpenPorts.until(() -> patient.pipeline().watchers().count() == 1);
      }

      OpenPorts.until(() -> patient.pipeline().watchers().count() == 0);
    }
  }

  private CompletableFuture<Reply> post(String prefer) {
    return CompletableFuture.supplyAsync(() -> post(client, prefer));
  }

  private static Reply post(Client to, String prefer) {
    try {
      return to.post(
          Client.SIGNUP.getBytes(StandardCharsets.UTF_8), "Content-Type: application/json", prefer);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
