package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterIT extends WithOpenPorts {

  private static final String DEAD = "/admin/dead-letters";

  private String id;

  @BeforeEach
  void leaveOneDeadLetter() throws Exception {
    Reply accepted =
        ports.client().post("{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"busy\":true}");
    id = accepted.json().path("id").asText() + ".busy";
    ports.rejectAll();
  }

  @Test
  void deadLettersAreListedWithTheirGroups() throws IOException {
    JsonNode page = admin.call("GET", DEAD, AUTHORIZED).json();

    assertThat(page.path("groups").get(0).path("action").asText()).isEqualTo("busy");
    assertThat(page.path("groups").get(0).path("count").asLong()).isEqualTo(1);
    JsonNode letter = page.path("deadLetters").get(0);
    assertThat(letter.path("id").asText()).isEqualTo(id);
    assertThat(letter.path("cause").asText()).isEqualTo("rejected");
    assertThat(page.has("next")).isFalse();
  }

  @Test
  void filtersThatCanNotBeReadAreToldWhatToWrite() throws IOException {
    for (String query : List.of("cause=bad", "since=monday", "limit=0", "limit=x", "after=x")) {
      Reply reply = admin.call("GET", DEAD + "?" + query, AUTHORIZED);
      assertThat(reply.status()).as(query).isEqualTo(400);
      assertThat(reply.json().path("errors").get(0).path("detail").asText()).startsWith("must be");
    }
    assertThat(admin.call("GET", DEAD + "?cause=gave-up", AUTHORIZED).json().path("deadLetters"))
        .isEmpty();
  }

  @Test
  void redriveAnswersHowManyItMatchedAndDid() throws IOException {
    assertThat(order("redrive", "{\"action\":\"busy\",\"dryRun\":true}").body())
        .isEqualTo("{\"matched\":1,\"done\":0}");
    assertThat(order("redrive", "{\"ids\":[\"" + id + "\"]}").body())
        .isEqualTo("{\"matched\":1,\"done\":1}");
    assertThat(admin.call("GET", DEAD, AUTHORIZED).json().path("deadLetters")).isEmpty();
  }

  @Test
  void orderWithoutAChoiceOrWithFaultsDoesNothing() throws IOException {
    for (String body : List.of("{}", "{\"ids\":[]}", "{\"action\":7}", "{\"all\":true}")) {
      assertThat(order("discard", body).status()).as(body).isEqualTo(422);
    }
    assertThat(order("discard", "[]").status()).isEqualTo(400);
    assertThat(order("discard", "{").status()).isEqualTo(400);
    assertThat(order("discard", "{\"cause\":\"x\"}").status()).isEqualTo(400);
    assertThat(admin.call("GET", DEAD, AUTHORIZED).json().path("deadLetters")).hasSize(1);
  }

  @Test
  void nothingIsToldOrDoneWithoutTheToken() throws IOException {
    assertThat(admin.call("GET", DEAD).status()).isEqualTo(401);
    assertThat(admin.call("POST", DEAD + "/discard").status()).isEqualTo(401);
    assertThat(admin.call("GET", DEAD + "/discard", AUTHORIZED).header("Allow")).isEqualTo("POST");
  }

  private Reply order(String verb, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + DEAD
            + "/"
            + verb
            + " HTTP/1.1\r\nHost: x\r\n"
            + AUTHORIZED
            + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    return admin.send(head, bytes);
  }
}
