package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import dev.usher.gateway.http.fixture.SilentInvoker;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.VersionStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdminIT extends WithOpenPorts {

  private static final List<String> NOT_THE_TOKEN =
      List.of(
          "X: y",
          "Authorization:",
          "Authorization: Bearer",
          "Authorization: Bearer wrong",
          "Authorization: Basic " + OpenPorts.TOKEN,
          "Authorization: " + OpenPorts.TOKEN,
          "Authorization: Bearer " + OpenPorts.TOKEN + "2");

  @Test
  void nothingIsToldWithoutTheToken() throws IOException {
    for (String header : NOT_THE_TOKEN) {
      for (String path : List.of("/admin", "/admin/actions", "/admin/nope", "/metrics")) {
        Reply reply = admin.call("GET", path, header);

        assertThat(reply.status()).as(header).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(reply.code()).isEqualTo("token");
      }
    }
  }

  @Test
  void aRoleThatIsTooSmallIsForbiddenAndToldWhichOneIsNeeded() throws IOException {
    String view = "Authorization: Bearer " + OpenPorts.VIEW_TOKEN;
    String operate = "Authorization: Bearer " + OpenPorts.OPERATE_TOKEN;

    assertThat(admin.call("GET", "/admin/actions", view).status()).isEqualTo(200);
    assertThat(admin.call("GET", "/metrics", view).status()).isEqualTo(200);
    Reply refused = admin.call("POST", "/admin/dead-letters/redrive", view);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("role");
    assertThat(refused.json().path("detail").asText())
        .isEqualTo("The token grafana has the role view; this call needs operate.");

    assertThat(admin.call("POST", "/admin/dead-letters/redrive", operate).status()).isEqualTo(400);
    for (String path : List.of("/admin/handlers", "/admin/handlers/x", "/admin/x/../handlers/y")) {
      assertThat(admin.call("DELETE", path, operate).status()).as(path).isEqualTo(403);
    }
    assertThat(admin.call("DELETE", "/admin/handlers/x", AUTHORIZED).status()).isEqualTo(404);
  }

  @Test
  void aCallThatChangesIsNotKnownYetAndAnUnknownUrlIsNotFound() throws IOException {
    assertThat(admin.call("POST", "/admin/actions", AUTHORIZED).status()).isEqualTo(405);
    assertThat(admin.call("DELETE", "/metrics", AUTHORIZED).header("Allow")).isEqualTo("GET");
    assertThat(admin.call("GET", "/admin/nope", AUTHORIZED).status()).isEqualTo(404);
    assertThat(admin.call("GET", "/%", AUTHORIZED).status()).isEqualTo(400);
    assertThat(admin.post("{}").status()).isEqualTo(404);
  }

  @Test
  void healthNeedsNoToken() throws IOException {
    assertThat(admin.call("GET", "/health/live").body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(admin.call("GET", "/health/ready").json())
        .isEqualTo(
            OpenPorts.json(
                """
                {"status":"up","journal":"up","disk":"up","cluster":{"name":"test","members":1},"config":"up"}
                """));
  }

  @Test
  void aMissingHandlerIsADetailOfHealth() throws IOException {
    ports.client().post(Client.SIGNUP);
    Reply ready = admin.call("GET", "/health/ready");

    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().path("withoutHandler").toString()).isEqualTo("[\"welcome-email\"]");
  }

  @Test
  void aRejectedConfigurationIsADetailOfHealth() throws IOException {
    ports.problems(List.of("config/actions.yaml:3:15 something"));
    Reply ready = admin.call("GET", "/health/ready");

    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().path("config").asText()).isEqualTo("rejected");
    assertThat(get("/admin/actions").json().path("problems").toString())
        .isEqualTo("[\"config/actions.yaml:3:15 something\"]");
  }

  @Test
  void withoutTheJournalTheGatewayIsAliveButNotReady() throws IOException {
    ports.journal().takeDown();
    Reply ready = admin.call("GET", "/health/ready");

    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.json().path("status").asText()).isEqualTo("down");
    assertThat(ready.json().path("journal").asText()).isEqualTo("down");
    assertThat(admin.call("GET", "/health/live").status()).isEqualTo(200);
  }

  @Test
  void aGatewayThatLeavesIsNotReady() throws Exception {
    ports.drain();
    Reply ready = admin.call("GET", "/health/ready");

    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.json().path("gateway").asText()).isEqualTo("draining");
  }

  @Test
  void actionsSayWhatWaitsForWhat() throws IOException {
    ports.client().post("{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"busy\":1}");
    Reply actions = get("/admin/actions");

    assertThat(actions.header("Cache-Control")).isEqualTo("no-store");
    assertThat(actions.json().path("revision").asInt()).isEqualTo(7);
    assertThat(actions.json().path("actions").get(0))
        .isEqualTo(
            OpenPorts.json(
                """
                {"name":"welcome-email","configured":true,"required":true,"key":"welcome-email",
                 "address":"signup.email","delay":"0s","timeout":"30s","concurrency":64,"paused":false,
                 "instances":0,
                 "inFlight":0,"deliveries":
                   {"pending":1,"running":0,"succeeded":0,"dead":0,"cancelled":0},
                 "waiting":{"no-handler":1}}
                """));
    assertThat(actions.json().path("actions").get(2).path("inFlight").asInt()).isEqualTo(1);
  }

  @Test
  void handlersNameTheirActionsAndStrayListenersANearMatch() throws IOException {
    HandlerStatus email =
        new HandlerStatus(
            "i-1",
            "welcome-email",
            true,
            "signup.email",
            "n-1",
            "1.0",
            "welcome-email#2",
            "java",
            64,
            3,
            "up");
    ports.invoker().present(List.of(email), Set.of("signup.email", "signup.emial", "elsewhere"));
    ports
        .invoker()
        .present(
            new VersionStatus(
                "welcome-email",
                "1.0",
                "welcome-email#2",
                10,
                Map.of(Outcome.SUCCEEDED, 5L, Outcome.FAILED, 3L),
                new VersionStatus.Figures(4, 1, 1_500_000, 20_000_000),
                new VersionStatus.Figures(8, 3, 1_600_000, 30_000_000)));
    ports.client().post(Client.SIGNUP);

    ObjectNode handlers = (ObjectNode) get("/admin/handlers").json();
    assertThat(handlers.<JsonNode>without("deployed"))
        .isEqualTo(
            OpenPorts.json(
                """
                {"handlers":[{"instance":"i-1","handler":"welcome-email","kind":"kit",
                   "address":"signup.email","node":"n-1","version":"1.0",
                   "deployment":"welcome-email#2","language":"java",
                   "slots":64,"inFlight":3,"state":"up","origin":"deployed",
                   "actions":["welcome-email"]}],
                 "versions":[{"handler":"welcome-email","version":"1.0",
                   "deployment":"welcome-email#2","share":10,
                   "attempts":4,"failed":1,"errorRate":0.25,"p50Ms":1.5,"p99Ms":20.0,
                   "sinceItCame":
                     {"attempts":8,"failed":3,"errorRate":0.375,"p50Ms":1.6,"p99Ms":30.0}}],
                 "unused":[{"address":"elsewhere"},{"address":"signup.emial","near":"signup.email"}]}
                """));
    assertThat(get("/admin/actions").json().path("actions").get(0).path("instances").asInt())
        .isEqualTo(1);
  }

  @Test
  void theBooksBalance() throws IOException {
    ports.client().post("{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"busy\":1}");

    assertThat(get("/admin/totals").json())
        .isEqualTo(
            OpenPorts.json(
                """
                {"signups":{"accepted":1,"completed":0,"failed":0,"open":1},
                 "deliveries":{"planned":2,"succeeded":0,"dead":0,"cancelled":0,"pending":1,
                   "running":1}}
                """));
  }

  @Test
  void theConfigurationIsAList() throws IOException {
    assertThat(get("/admin/config").body())
        .startsWith("{\"values\":[{\"key\":\"http.port\",\"value\":\"8080\",");
  }

  @Test
  void theMetricsAreWhatPrometheusReads() throws IOException {
    ports
        .invoker()
        .present(
            List.of(
                new HandlerStatus(
                    "busy-1", "b", false, SilentInvoker.BUSY, "", "", "", "", 0, 1, "up")),
            Set.of());
    ports.client().post("{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"busy\":1}");
    Reply metrics = get("/metrics");

    assertThat(metrics.header("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.body().lines())
        .allMatch(
            line ->
                line.matches("# (HELP|TYPE) [a-z_0-9]+ .+")
                    || line.matches("[a-z_0-9]+(\\{([a-z_]+=\"[^\"]*\",?)+\\})? [-+0-9.eEINa-f]+"));
    assertThat(metrics.body().lines())
        .contains(
            "usher_signups_accepted_total 1.0",
            "usher_signups{state=\"open\"} 1.0",
            "usher_signups{state=\"completed\"} 0.0",
            "usher_deliveries{action=\"welcome-email\",state=\"pending\"} 1.0",
            "usher_deliveries{action=\"busy\",state=\"running\"} 1.0",
            "usher_deliveries_waiting{action=\"welcome-email\",reason=\"no-handler\"} 1.0",
            "usher_deliveries_planned 2.0",
            "usher_handlers{address=\"signup.busy\",state=\"up\"} 1.0",
            "usher_config_problems 0.0",
            "usher_overrides_aside 0.0",
            "usher_journal_up 1.0",
            "usher_commit_seconds_count 1");
  }

  private Reply get(String path) throws IOException {
    Reply reply = admin.call("GET", path, AUTHORIZED);
    assertThat(reply.status()).isEqualTo(200);
    return reply;
  }
}
