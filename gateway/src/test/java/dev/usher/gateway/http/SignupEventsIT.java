package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reading;
import dev.usher.gateway.http.fixture.Reply;
import dev.usher.gateway.pipeline.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignupEventsIT extends WithOpenPorts {

  private static final String EMAIL = "signup.email";

  @Test
  void everyStepIsTheWholeReceiptUntilTheSignupIsSettled() throws IOException {
    try (Reading events = new Reading(client, accepted())) {
      assertThat(events.head())
          .startsWith("HTTP/1.1 200 ")
          .contains("content-type: text/event-stream", "cache-control: no-store");
      Map<String, String> first = events.next().orElseThrow();
      assertThat(first).containsEntry("id", "0");
      assertThat(OpenPorts.json(first.get("data")).at("/actions/welcome-email").toString())
          .isEqualTo("{\"required\":true,\"state\":\"pending\",\"waitingFor\":\"no-handler\"}");

      ports.serve(EMAIL);
      assertThat(events.next().orElseThrow().get("data")).contains("\"state\":\"running\"");
      ports.endAll(Outcome.SUCCEEDED);

      List<Map<String, String>> rest = events.rest();
      assertThat(rest).hasSize(1);
      assertThat(rest.get(0).get("id")).isEqualTo("2");
      assertThat(rest.get(0).get("data")).contains("\"state\":\"completed\"");
    }
    OpenPorts.until(() -> ports.pipeline().watchers().count() == 0);
  }

  @Test
  void whoComesBackGetsThePresentReceiptIfItIsNewer() throws IOException {
    String path = accepted();
    try (Reading events = new Reading(client, path, "Last-Event-ID: 0")) {
      ports.serve(EMAIL);
      assertThat(events.next().orElseThrow()).containsEntry("id", "1");
    }
    try (Reading events = new Reading(client, path, "Last-Event-ID: 0")) {
      assertThat(events.next().orElseThrow()).containsEntry("id", "1");
    }
  }

  @Test
  void whoHasSeenTheEndIsToldNotToComeBack() throws IOException {
    String path = accepted();
    ports.serve(EMAIL);
    ports.awaitRunning(1);
    ports.rejectAll();

    Reply seen = client.call("GET", path, "Last-Event-ID: 2");
    try (Reading events = new Reading(client, path)) {
      assertThat(events.rest()).hasSize(1);
    }

    assertThat(seen.status()).isEqualTo(204);
  }

  @Test
  void aStreamWithoutEventsBeats() throws IOException {
    try (Reading events = new Reading(client, accepted())) {
      assertThat(events.next()).isPresent();
      for (int beats = 0; beats < 5; beats++) {
        events.awaitHeartbeat();
      }
    }
  }

  @Test
  void readersThatGoLeaveNothingBehind() throws IOException {
    String path = accepted();
    for (int i = 0; i < 20; i++) {
      try (Reading events = new Reading(client, path)) {
        assertThat(events.next()).isPresent();
      }
    }
    OpenPorts.until(() -> ports.pipeline().watchers().count() == 0);
  }

  @Test
  void anUnknownSignupIsNotFound() throws IOException {
    assertThat(client.call("GET", "/signups/signup_" + "0".repeat(26) + "/events").status())
        .isEqualTo(404);
    assertThat(client.call("GET", "/signups/nope/events").status()).isEqualTo(404);
    assertThat(client.call("POST", "/signups/nope/events").header("Allow")).isEqualTo("GET");
  }

  @Test
  void aGatewayThatLeavesEndsItsStreams() throws Exception {
    String path = accepted();
    try (Reading events = new Reading(client, path)) {
      assertThat(events.next()).isPresent();
      ports.drain();
      assertThat(events.rest()).isEmpty();
    }
    assertThat(client.call("GET", path).status()).isEqualTo(503);
  }

  private String accepted() throws IOException {
    return client.post(Client.SIGNUP).header("Location") + "/events";
  }
}
