package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reading;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdminFeedIT extends WithOpenPorts {

  private static final String PATH = "/admin/events";

  @Test
  void itBeginsWithEverythingAsItStands() throws IOException {
    try (Reading feed = feed()) {
      JsonNode reset = data(feed.next("reset"));

      assertThat(reset.at("/totals/signups/accepted").asInt(-1)).isZero();
      assertThat(reset.at("/actions/actions/0/name").asText()).isEqualTo("welcome-email");
      assertThat(reset.at("/handlers/handlers").isArray()).isTrue();
    }
  }

  @Test
  void whatHappensIsNewsAndTheTotalsFollow() throws IOException {
    try (Reading feed = feed()) {
      feed.next("reset");
      ports.serve("signup.email");
      ports.client().post(Client.SIGNUP);
      ports.awaitRunning(1);
      ports.endAll(Outcome.REJECTED);

      assertThat(data(feed.next("news")).path("kind").asText()).isEqualTo("signup.accepted");
      JsonNode dead = data(feed.next("news"));
      assertThat(dead.path("kind").asText()).isEqualTo("delivery.dead");
      assertThat(dead.path("signup").asText()).startsWith("signup_");
      assertThat(dead.path("action").asText()).isEqualTo("welcome-email");
      assertThat(dead.path("cause").asText()).isEqualTo("rejected");
      assertThat(data(feed.next("news")).path("kind").asText()).isEqualTo("signup.failed");
      assertThat(data(feed.next("totals")).at("/signups/failed").asInt()).isEqualTo(1);
      assertThat(data(feed.next("actions")).at("/actions/0/deliveries/dead").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aHandlerThatJoinsIsNewsAndState() throws IOException {
    try (Reading feed = feed()) {
      feed.next("reset");
      feed.next("handlers");
      HandlerStatus handler =
          new HandlerStatus("i-1", "mail", true, "signup.email", "n", "1", "", "java", 8, 0, "up");
      ports.invoker().present(List.of(handler), Set.of());

      assertThat(data(feed.next("handlers")).at("/handlers/0/instance").asText()).isEqualTo("i-1");
    }
  }

  @Test
  void whoComesBackGoesOnWhereItWas() throws IOException {
    String last;
    try (Reading feed = feed()) {
      feed.next("reset");
      last = feed.next("totals").get("id");
    }
    ports.client().post(Client.SIGNUP);

    try (Reading feed = feed("Last-Event-ID: " + last)) {
      Map<String, String> news = feed.next("news");
      assertThat(data(news).path("kind").asText()).isEqualTo("signup.accepted");
    }
    try (Reading feed = feed("Last-Event-ID: " + last)) {
      assertThat(feed.next().orElseThrow().get("event")).isNotEqualTo("reset");
    }
  }

  @Test
  void whoComesBackFromAnotherRunOrAfterAGapBeginsAnew() throws IOException {
    for (String id : List.of("abc-5", "5", "", "abc-")) {
      try (Reading feed = feed("Last-Event-ID: " + id)) {
        assertThat(feed.next().orElseThrow()).containsEntry("event", "reset");
      }
    }
  }

  @Test
  void itNeedsTheTokenAndEndsWhenTheGatewayLeaves() throws Exception {
    assertThat(ports.admin().call("GET", PATH).status()).isEqualTo(401);
    try (Reading feed = feed()) {
      feed.next("reset");
      ports.drain();
      feed.rest();
    }
    assertThat(ports.admin().call("GET", PATH, AUTHORIZED).status()).isEqualTo(503);
  }

  private Reading feed(String... headers) throws IOException {
    String[] all = new String[headers.length + 1];
    all[0] = AUTHORIZED;
    System.arraycopy(headers, 0, all, 1, headers.length);
    return new Reading(ports.admin(), PATH, all);
  }

  private static JsonNode data(Map<String, String> event) {
    return OpenPorts.json(event.get("data"));
  }
}
