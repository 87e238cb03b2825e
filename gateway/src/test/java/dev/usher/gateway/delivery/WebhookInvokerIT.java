package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Outcome;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Webhooks over real connections. */
@Timeout(120)
class WebhookInvokerIT {

  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static Vertx vertx;

  private final LinkedBlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private OneWebhook webhook;
  private HttpServer server;

  /** A request that reached the server. */
  private record Seen(String uri, MultiMap headers, String body, String peer) {}

  @BeforeAll
  static void begin() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void end() {
    var unused = TwoMembers.await(vertx.close());
  }

  @BeforeEach
  void open() {
    webhook = new OneWebhook(vertx, true, new HttpClientOptions());
    serve(request -> request.response().end());
  }

  @AfterEach
  void close() {
    webhook.close();
    var unused = TwoMembers.await(server.close());
  }

  @Test
  void whatIsPostedIsTheCloudEventOfTheSignup() throws Exception {
    assertThat(webhook.at(url("/hooks/crm?a=b")).sent().outcome()).isEqualTo(Outcome.SUCCEEDED);

    Seen request = next();
    assertThat(request.uri()).isEqualTo("/hooks/crm?a=b");
    assertThat(request.headers().get("content-type"))
        .isEqualTo("application/cloudevents+json; charset=UTF-8");
    assertThat(request.headers().get("usher-delivery")).isEqualTo("signup_1.crm");
    assertThat(request.headers().get("usher-action")).isEqualTo("crm");
    assertThat(request.headers().get("usher-attempt")).isEqualTo("1");
    assertThat(request.headers().get("usher-timeout")).isEqualTo("60000");
    assertThat(new JsonObject(request.body()))
        .isEqualTo(
            new JsonObject()
                .put("specversion", "1.0")
                .put("id", "signup_1")
                .put("source", "/signups")
                .put("type", "dev.usher.signup.accepted")
                .put("time", "1970-01-01T00:00:00Z")
                .put("datacontenttype", "application/json")
                .put("data", new JsonObject().put("username", "Ada").put("company", "Ängström")));
  }

  @Test
  void receiverThatKnowsAnyOfTheSecretsIsServed() throws Exception {
    var unused = webhook.at(url("/"), OTHER, OneWebhook.SECRET).sent();

    Seen request = next();
    assertThat(request.headers().get("webhook-id")).isEqualTo("signup_1.crm");
    new Webhook(OneWebhook.SECRET).verify(request.body(), lists(request.headers()));
    new Webhook(OTHER).verify(request.body(), lists(request.headers()));
    assertThatExceptionOfType(WebhookVerificationException.class)
        .isThrownBy(
            () ->
                new Webhook("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                    .verify(request.body(), lists(request.headers())));
  }

  @Test
  void answerIsTheResult() {
    serve(request -> request.response().setStatusCode(201).end("{\"contact\":7}"));

    assertThat(webhook.at(url("/")).sent())
        .isEqualTo(new Ending(Outcome.SUCCEEDED, "{\"contact\":7}"));
  }

  @Test
  void rejectionAndFailureCarryTheirReasons() {
    serve(request -> request.response().setStatusCode(422).end("no such company"));
    assertThat(webhook.at(url("/")).sent())
        .isEqualTo(new Ending(Outcome.REJECTED, "HTTP 422: no such company"));

    serve(
        request ->
            request.response().setStatusCode(429).putHeader("retry-after", "17").end("slowly"));
    assertThat(webhook.at(url("/")).sent())
        .isEqualTo(new Ending(Outcome.FAILED, Duration.ofSeconds(17), "HTTP 429: slowly"));
  }

  @Test
  void redirectIsAFailedAttemptThatSaysSo() {
    serve(request -> request.response().setStatusCode(307).putHeader("location", "/new").end());

    assertThat(webhook.at(url("/old")).sent())
        .isEqualTo(new Ending(Outcome.FAILED, "HTTP 307: redirects are not followed"));
    assertThat(seen).extracting(Seen::uri).containsExactly("/old");
  }

  @Test
  void ofAHugeAnswerNoMoreIsReadThanIsLookedAt() throws InterruptedException {
    CountDownLatch isCut = new CountDownLatch(1);
    serve(
        request -> {
          request.connection().closeHandler(closed -> isCut.countDown());
          request.response().setChunked(true);
          pour(request);
        });

    Ending ending = webhook.at(url("/")).sent();

    assertThat(ending.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ending.text()).hasSizeLessThanOrEqualTo(Ending.MAX_TEXT_LENGTH).startsWith("\"xxx");
    assertThat(isCut.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void silenceTimesOutAndItsConnectionIsClosed() throws InterruptedException {
    CountDownLatch isCut = new CountDownLatch(1);
    serve(request -> request.connection().closeHandler(closed -> isCut.countDown()));

    assertThat(webhook.at(url("/")).sent(SHORT))
        .isEqualTo(new Ending(Outcome.TIMED_OUT, "no answer within 1000 ms"));
    assertThat(isCut.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(webhook.inFlight()).isZero();
  }

  @Test
  void bodyThatNeverEndsDoesNotUndoTheStatus() {
    serve(request -> request.response().setChunked(true).write("{\"half\":"));

    assertThat(webhook.at(url("/")).sent(SHORT))
        .isEqualTo(new Ending(Outcome.SUCCEEDED, "\"{\\\"half\\\":\""));
  }

  @Test
  void refusedConnectionIsAFailure() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    Ending ending = webhook.at("http://127.0.0.1:" + free).sent();

    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ending.text()).startsWith("no connection to 127.0.0.1: Connection refused");
  }

  @Test
  void nameThatIsNotKnownIsAFailure() {
    assertThat(webhook.name("gone.example").at("http://gone.example").sent())
        .isEqualTo(Ending.unreachable("the name gone.example can't be resolved"));
  }

  @Test
  void connectionThatEndsWithoutAnAnswerLeavesTheOutcomeUnknown() {
    NetServer rude =
        TwoMembers.await(
            vertx
                .createNetServer()
                .connectHandler(socket -> socket.handler(request -> socket.close()))
                .listen(0, "127.0.0.1"));

    Ending ending = webhook.at("http://127.0.0.1:" + rude.actualPort()).sent();

    assertThat(ending.outcome()).isEqualTo(Outcome.LOST);
    assertThat(ending.text()).startsWith("the connection ended without an answer");
    var unused = TwoMembers.await(rude.close());
  }

  @Test
  void nameIsResolvedOnceAndConnectedToAsItWasChecked() throws InterruptedException {
    webhook.name("crm.example", "127.0.0.1").at("http://crm.example:" + server.actualPort() + "/");

    assertThat(webhook.sent().outcome()).isEqualTo(Outcome.SUCCEEDED);

    assertThat(webhook.lookups).hasValue(1);
    assertThat(next().headers().get("host")).isEqualTo("crm.example:" + server.actualPort());
  }

  @Test
  void addressesOfANameAreTriedInTurn() {
    // The server listens at the first of them only.
    webhook
        .name("crm.example", "127.0.0.2", "127.0.0.1")
        .at("http://crm.example:" + server.actualPort());

    assertThat(webhook.sentAs(1).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(webhook.sentAs(2).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(webhook.sentAs(3).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void connectionIsUsedAgain() {
    webhook.at(url("/"));
    for (int i = 0; i < 3; i++) {
      assertThat(webhook.sent().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    assertThat(seen).extracting(Seen::peer).hasSize(3).containsOnly(seen.element().peer());
  }

  @Test
  void privateAddressIsNotCalledUnlessAllowed() {
    try (OneWebhook careful = new OneWebhook(vertx, false, new HttpClientOptions())) {
      careful
          .name("crm.example", "8.8.8.8", "127.0.0.1")
          .at("https://crm.example:" + server.actualPort());

      assertThat(careful.sent())
          .isEqualTo(
              Ending.unreachable(
                  "no connection to crm.example: its address 127.0.0.1 is not a public one; allow"
                      + " it with webhooks.allow-private"));
      assertThat(careful.at("https://[::ffff:169.254.169.254]/").sent().text())
          .contains("its address 169.254.169.254 is not a public one");
      // Another way to write 127.0.0.1.
      assertThat(careful.at("https://2130706433/").sent().text())
          .contains("its address 127.0.0.1 is not a public one");
      assertThat(careful.at("http://crm.example").sent().text())
          .contains("it would be sent unencrypted");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void changedUrlCountsForTheNextAttempt() throws InterruptedException {
    LinkedBlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
    serve(
        request -> {
          if (request.path().equals("/old")) {
            held.add(request);
          } else {
            request.response().end("\"new\"");
          }
        });
    webhook.at(url("/old")).send(OneWebhook.LONG, 1);
    HttpServerRequest old = held.poll(60, TimeUnit.SECONDS);

    assertThat(webhook.at(url("/new")).sent().text()).isEqualTo("\"new\"");
    vertx.runOnContext(now -> old.response().end("\"old\""));

    assertThat(webhook.next().text()).isEqualTo("\"old\"");
  }

  @Test
  void actionThatHasNoWebhookAnyMoreBurnsNoAttempt() {
    webhook.at(url("/"));
    webhook.atNoWebhook();

    assertThat(webhook.sent().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(seen).isEmpty();
  }

  @Test
  void webhookIsOneInstanceThatShowsNoMoreThanItsHost() {
    webhook.at(url("/secret/path"));

    assertThat(webhook.invoker.handlers())
        .containsExactly(
            new HandlerStatus("webhook", "127.0.0.1", false, url(""), "", "", "", "", 0, 0, "up"));
    assertThat(webhook.invoker.hasHandler(url(""))).isTrue();
  }

  @Test
  void addressOfTheNewKindIsWrittenInBrackets() throws InterruptedException {
    // Not every machine that builds has such an address: one of the old kind stands behind it.
    webhook.name("::1", "127.0.0.1");

    assertThat(webhook.at("http://[::1]:" + server.actualPort() + "/").sent().outcome())
        .isEqualTo(Outcome.SUCCEEDED);
    assertThat(next().headers().get("host")).isEqualTo("[::1]:" + server.actualPort());
  }

  private void serve(Handler<HttpServerRequest> answer) {
    if (server != null) {
      var unused = TwoMembers.await(server.close());
    }
    server =
        TwoMembers.await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> request.body().onSuccess(body -> see(request, body, answer)))
                .listen(0, "127.0.0.1"));
  }

  private void see(HttpServerRequest request, Buffer body, Handler<HttpServerRequest> answer) {
    seen.add(new Seen(request.uri(), request.headers(), body.toString(), peer(request)));
    answer.handle(request);
  }

  private static String peer(HttpServerRequest request) {
    return request.remoteAddress().toString();
  }

  private static void pour(HttpServerRequest request) {
    request
        .response()
        .write("x".repeat(16_384))
        .onSuccess(written -> pour(request))
        .onFailure(closed -> {});
  }

  private Seen next() throws InterruptedException {
    Seen next = seen.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("a request").isNotNull();
    return next;
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.actualPort() + path;
  }

  private static Map<String, List<String>> lists(MultiMap headers) {
    return headers.entries().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
  }
}
