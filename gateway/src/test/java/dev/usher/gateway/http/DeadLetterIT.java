package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.net.URLEncoder;
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
    JsonNode group = page.path("groups").get(0);
    assertThat(group.path("count").asLong()).isEqualTo(1);
    assertThat(group.path("oldest")).isEqualTo(group.path("newest"));
    assertThat(group.at("/example/id").asText()).isEqualTo(id);
    assertThat(group.path("mark").asText()).hasSize(8);
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
  void groupsComeWithTheFirstPageOnlyAndObeyTheFilter() throws IOException {
    JsonNode first = admin.call("GET", DEAD + "?limit=1", AUTHORIZED).json();
    assertThat(first.path("groups")).hasSize(1);
    String next = first.path("next").asText();
    JsonNode second = admin.call("GET", DEAD + "?limit=1&after=" + next, AUTHORIZED).json();
    assertThat(second.has("groups")).isFalse();

    JsonNode others = admin.call("GET", DEAD + "?cause=gave-up", AUTHORIZED).json();
    assertThat(others.path("groups")).isEmpty();
  }

  @Test
  void reasonClassOfALetterFindsIt() throws IOException {
    JsonNode letter = admin.call("GET", DEAD, AUTHORIZED).json().at("/deadLetters/0");
    String common = letter.path("reasonClass").asText();
    String query = "?reasonClass=" + URLEncoder.encode(common, StandardCharsets.UTF_8);

    assertThat(admin.call("GET", DEAD + query, AUTHORIZED).json().path("deadLetters")).hasSize(1);
    assertThat(admin.call("GET", DEAD + "?reasonClass=other", AUTHORIZED).json().at("/groups"))
        .isEmpty();
    assertThat(order("discard", "{\"reasonClass\":\"other\"}").body())
        .isEqualTo("{\"matched\":0,\"done\":0}");
    assertThat(order("discard", "{\"reasonClass\":\"" + common + "\"}").body())
        .isEqualTo("{\"matched\":1,\"done\":1}");
  }

  @Test
  void anActionThatIsNotKnownIsToldRatherThanMatchedByNone() throws IOException {
    for (Reply reply :
        List.of(
            admin.call("GET", DEAD + "?action=bsuy", AUTHORIZED),
            order("redrive", "{\"action\":\"bsuy\"}"))) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/action");
      assertThat(reply.json().at("/errors/0/detail").asText())
          .contains("neither in the configuration nor in the journal", "busy");
    }
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
    for (String body :
        List.of(
            "{}", "{\"ids\":[]}", "{\"action\":7}", "{\"reasonClass\":\" \"}", "{\"all\":true}")) {
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
