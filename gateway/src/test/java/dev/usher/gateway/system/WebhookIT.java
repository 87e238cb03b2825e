package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.CommandRun;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway whose one action is performed by a web service. */
class WebhookIT {

  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  @RegisterExtension
  final Cluster cluster = new Cluster().with("USHER_WEBHOOKS_ALLOW_PRIVATE", "true");

  private final Vertx vertx = Vertx.vertx();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;

  /** A request that reached the service. */
  private record Seen(String path, Map<String, List<String>> headers, String body) {

    String id() {
      return headers.get("webhook-id").get(0);
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server =
        Await.result(
            vertx
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1"));
    Files.writeString(cluster.config().resolve("old.secret"), OLD);
    Files.writeString(cluster.config().resolve("new.secret"), NEW);
  }

  @AfterEach
  void close() {
    var unused = Await.result(vertx.close());
  }

  @Test
  void signupIsDeliveredToAWebServiceThatIsNotAlwaysThere() throws Exception {
    configure("/old", "\"file:old.secret\"");
    Gateway gateway = cluster.startGateway();
    GatewayClient client = gateway.client();

    String first = client.accept("{\"username\":\"Ada\",\"email\":\"ada@example.com\"}");
    assertThat(client.awaitCompleted(first).path("state").asText()).isEqualTo("completed");

    assertThat(seen).extracting(Seen::id).hasSize(3).containsOnly(first + ".crm");
    for (Seen one : seen) {
      new Webhook(OLD).verify(one.body(), one.headers());
    }
    assertThat(new JsonObject(seen.get(2).body()).getJsonObject("data").getString("username"))
        .isEqualTo("Ada");
    assertThat(client.attempts("failed")).isEqualTo(2);
    assertThat(client.admin("/admin/signups/" + first).toString()).contains("HTTP 503: not yet");

    configure("/new", "\"file:new.secret\", \"file:old.secret\"");
    gateway.process().awaitLine("~ crm: other secrets (2)");
    String second = client.accept("{\"username\":\"Bob\",\"email\":\"bob@example.com\"}");
    var unused = client.awaitCompleted(second);

    Seen last = seen.get(seen.size() - 1);
    assertThat(last.path()).isEqualTo("/new");
    new Webhook(OLD).verify(last.body(), last.headers());
    new Webhook(NEW).verify(last.body(), last.headers());
    assertThatNothingSecretIsShown(client);
    assertThat(Calm.alarms(gateway.process())).isEmpty();
  }

  @Test
  void configCheckSaysWhatCouldNotBeCalled() {
    cluster.with("USHER_WEBHOOKS_ALLOW_PRIVATE", "false");
    configure("/", "\"file:old.secret\"");

    CommandRun run = cluster.usher("config", "check", "--config", cluster.config().toString());

    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .contains(
            "warning: webhook of crm: no connection to 127.0.0.1: it would be sent unencrypted;"
                + " write https://, or allow it with webhooks.allow-private");
  }

  private void assertThatNothingSecretIsShown(GatewayClient client) {
    JsonNode handler = client.admin("/admin/handlers").path("handlers").path(0);
    assertThat(handler.path("instance").asText()).isEqualTo("webhook");
    assertThat(handler.path("kind").asText()).isEqualTo("webhook");
    assertThat(handler.path("address").asText())
        .isEqualTo("http://127.0.0.1:" + server.actualPort());
    assertThat(handler.path("actions").path(0).asText()).isEqualTo("crm");
    assertThat(client.admin("/admin/config").toString())
        .contains("actions.crm.secrets")
        .doesNotContain("whsec_");
    assertThat(client.admin("/admin/actions").toString()).doesNotContain("whsec_");
  }

  private void configure(String path, String secrets) {
    var unused =
        cluster.actions(
            "  crm:",
            "    required: true",
            "    webhook: http://127.0.0.1:" + server.actualPort() + path,
            "    secrets: [ " + secrets + " ]",
            "    retry: { first: 10ms, max: 10ms }");
  }

  /** The first two requests come too early. */
  private void answer(HttpServerRequest request, Buffer body) {
    Map<String, List<String>> headers =
        request.headers().entries().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    seen.add(new Seen(request.path(), headers, body.toString()));
    boolean isEarly = seen.size() < 3;
    var unused =
        request
            .response()
            .setStatusCode(isEarly ? 503 : 200)
            .end(isEarly ? "not yet" : "{\"contact\":7}");
  }
}
