package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Signups as operators find, read and cancel them. */
class SignupAdminIT extends WithOpenPorts {

  private static final String SIGNUPS = "/admin/signups";

  @Test
  void signupsAreListedNewestFirstWithoutWhatTheySayOfAPerson() throws IOException {
    String first = accept("ada@example.com", "");
    String second = accept("bob@example.com", ",\"subscribe\":true");

    Reply reply = admin.call("GET", SIGNUPS, AUTHORIZED);

    assertThat(ids(reply)).containsExactly(second, first);
    JsonNode newest = reply.json().path("signups").get(0);
    assertThat(newest.path("state").asText()).isEqualTo("open");
    assertThat(newest.at("/actions/subscribe/waitingFor").asText()).isEqualTo("no-handler");
    assertThat(newest.path("acceptedAt").asText()).endsWith("Z");
    assertThat(reply.body()).doesNotContain("example.com");
  }

  @Test
  void pagesFollowEachOther() throws IOException {
    List<String> accepted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      accepted.add(0, accept("ada@example.com", ""));
    }

    List<String> listed = new ArrayList<>();
    String path = SIGNUPS + "?limit=2";
    for (String next = ""; next != null; ) {
      Reply page = admin.call("GET", path + (next.isEmpty() ? "" : "&after=" + next), AUTHORIZED);
      listed.addAll(ids(page));
      next = page.json().path("next").textValue();
    }

    assertThat(listed).isEqualTo(accepted);
  }

  @Test
  void filtersChooseByEmailActionStateAndTime() throws IOException {
    String ada = accept("Ada@example.com", ",\"subscribe\":true");
    String bob = accept("bob@example.com", "");

    assertThat(listed("email=ada%40EXAMPLE.com")).containsExactly(ada);
    assertThat(listed("email=nobody%40example.com")).isEmpty();
    assertThat(listed("action=subscribe")).containsExactly(ada);
    assertThat(listed("state=open&action=welcome-email")).containsExactly(bob, ada);
    assertThat(listed("state=failed")).isEmpty();
    assertThat(listed("since=2020-01-01T00:00:00Z")).containsExactly(bob, ada);
    assertThat(listed("since=2999-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void filtersThatWouldMeanMoreThanTheirSenderDoesAreRefused() throws IOException {
    accept("ada@example.com", "");

    for (String query :
        List.of(
            "?email=", "?emial=a@b.org", "?limit=1&limit=2", "?action=%20", "?action=subscirbe")) {
      assertThat(admin.call("GET", SIGNUPS + query, AUTHORIZED).status()).as(query).isEqualTo(400);
    }
    for (String query : List.of("?email=a@b.org&email=c@d.org", "?email=a@b.org&dryrun=true")) {
      assertThat(admin.call("DELETE", SIGNUPS + query, AUTHORIZED).status())
          .as(query)
          .isEqualTo(400);
    }
    assertThat(listed("email=ada%40example.com")).hasSize(1);
  }

  @Test
  void filtersThatCanNotBeReadAreToldWhatToWrite() throws IOException {
    for (String query : List.of("state=bad", "since=monday", "limit=0", "limit=1001", "after=x")) {
      Reply reply = admin.call("GET", SIGNUPS + "?" + query, AUTHORIZED);
      assertThat(reply.status()).as(query).isEqualTo(400);
      assertThat(reply.json().path("errors").get(0).path("detail").asText()).startsWith("must be");
    }
  }

  @Test
  void oneSignupIsToldWithPayloadPlanAndEveryAttempt() throws Exception {
    String id = accept("ada@example.com", ",\"busy\":true");
    ports.rejectAll();

    JsonNode signup = admin.call("GET", SIGNUPS + "/" + id, AUTHORIZED).json();

    assertThat(signup.path("id").asText()).isEqualTo(id);
    assertThat(signup.path("state").asText()).isEqualTo("open");
    assertThat(signup.path("settled").asBoolean(true)).isFalse();
    assertThat(signup.path("revision").asInt()).isEqualTo(7);
    assertThat(signup.path("erased").asBoolean(true)).isFalse();
    assertThat(signup.at("/payload/email").asText()).isEqualTo("ada@example.com");
    assertThat(signup.path("deliveries")).hasSize(2);
    JsonNode mail = signup.at("/deliveries/0");
    assertThat(mail.path("waitingFor").asText()).isEqualTo("no-handler");
    assertThat(mail.path("history")).isEmpty();
    JsonNode busy = signup.at("/deliveries/1");
    assertThat(busy.path("id").asText()).isEqualTo(id + ".busy");
    assertThat(busy.path("required").asBoolean(true)).isFalse();
    assertThat(busy.path("state").asText()).isEqualTo("dead");
    assertThat(busy.path("cause").asText()).isEqualTo("rejected");
    JsonNode attempt = busy.at("/history/0");
    assertThat(attempt.path("attempt").asInt()).isEqualTo(1);
    assertThat(attempt.path("outcome").asText()).isEqualTo("rejected");
    assertThat(attempt.path("instance").asText()).isEqualTo("busy-1");
    assertThat(attempt.path("reason").asText()).isEqualTo("no such mailbox");
    assertThat(attempt.path("startedAt").asText()).endsWith("Z");
    assertThat(attempt.path("tookMs").isNumber()).isTrue();
  }

  @Test
  void attemptUnderWayIsRunning() throws IOException {
    String id = accept("ada@example.com", ",\"busy\":true");

    JsonNode signup = admin.call("GET", SIGNUPS + "/" + id, AUTHORIZED).json();

    assertThat(signup.at("/deliveries/1/history/0/outcome").asText()).isEqualTo("running");
  }

  @Test
  void cancelAnswersHowManyWereOpenAndHowManyAreCancelled() throws IOException {
    String id = accept("ada@example.com", ",\"busy\":true,\"subscribe\":true");
    String other = accept("bob@example.com", "");

    Reply one = cancel(id + "/cancel?action=subscribe", "{\"reason\":\"they asked\"}");
    Reply rest = cancel(id + "/cancel", "");

    assertThat(one.json().path("matched").asLong()).isEqualTo(1);
    assertThat(one.json().at("/signup/actions/subscribe/state").asText()).isEqualTo("cancelled");
    assertThat(one.json().at("/signup/state").asText()).isEqualTo("open");
    assertThat(rest.json().path("matched").asLong()).isEqualTo(2);
    assertThat(rest.json().path("done").asLong()).as("busy runs").isEqualTo(1);
    assertThat(rest.json().at("/signup/state").asText()).isEqualTo("failed");
    JsonNode told = admin.call("GET", SIGNUPS + "/" + id, AUTHORIZED).json();
    assertThat(told.at("/deliveries/2/cancelling").asBoolean()).isTrue();
    assertThat(told.path("deeds").findValuesAsText("detail"))
        .as("in their order")
        .containsExactly(id + ".subscribe because they asked", id);
    assertThat(told.at("/deeds/0/token").asText()).isEqualTo("local");
    assertThat(told.at("/deeds/0/verb").asText()).isEqualTo("cancel");
    assertThat(listed("state=failed")).containsExactly(id);
    assertThat(admin.call("GET", SIGNUPS + "/" + other, AUTHORIZED).json().has("deeds")).isFalse();
  }

  @Test
  void unknownSignupsAndActionsAreNotFound() throws IOException {
    String id = accept("ada@example.com", "");

    assertThat(admin.call("GET", SIGNUPS + "/signup_x", AUTHORIZED).status()).isEqualTo(404);
    assertThat(cancel("signup_x/cancel", "").status()).isEqualTo(404);
    assertThat(cancel(id + "/cancel?action=busy", "").status()).isEqualTo(404);
    assertThat(cancel(id + "/cancel", "{\"reason\":7}").status()).isEqualTo(400);
    assertThat(cancel(id + "/cancel", "{").status()).isEqualTo(400);
  }

  @Test
  void nothingIsToldOrDoneWithoutTheTokenOrByAnotherMethod() throws IOException {
    String id = accept("ada@example.com", "");

    assertThat(admin.call("GET", SIGNUPS).status()).isEqualTo(401);
    assertThat(admin.call("GET", SIGNUPS + "/" + id).status()).isEqualTo(401);
    assertThat(admin.call("POST", SIGNUPS + "/" + id + "/cancel").status()).isEqualTo(401);
    assertThat(admin.call("GET", SIGNUPS + "/" + id + "/cancel", AUTHORIZED).header("Allow"))
        .isEqualTo("POST");
    assertThat(listed("state=open")).containsExactly(id);
  }

  @Test
  void journalThatCanNotBeReadIsTold() throws IOException {
    ports.journal().fail();

    assertThat(admin.call("GET", SIGNUPS, AUTHORIZED).status()).isEqualTo(503);
    assertThat(admin.call("GET", SIGNUPS + "/signup_x", AUTHORIZED).status()).isEqualTo(503);
  }

  private String accept(String email, String rest) throws IOException {
    Reply accepted =
        ports.client().post("{\"username\":\"Ada\",\"email\":\"" + email + "\"" + rest + "}");
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    return accepted.json().path("id").asText();
  }

  private List<String> listed(String query) throws IOException {
    return ids(admin.call("GET", SIGNUPS + "?" + query, AUTHORIZED));
  }

  private static List<String> ids(Reply reply) {
    return StreamSupport.stream(reply.json().path("signups").spliterator(), false)
        .map(signup -> signup.path("id").asText())
        .toList();
  }

  private Reply cancel(String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    List<String> headers =
        List.of(AUTHORIZED, "Connection: close", "Content-Length: " + bytes.length);
    return admin.send(Client.request("POST", SIGNUPS + "/" + path, headers), bytes);
  }
}
