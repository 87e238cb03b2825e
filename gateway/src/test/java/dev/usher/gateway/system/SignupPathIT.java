package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main path: gateway, welcome mail and subscription as three processes. */
class SignupPathIT {

  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static GatewayClient client;

  @BeforeAll
  static void startThreeProcesses() {
    UsherProcess email = CLUSTER.launchEmail();
    UsherProcess subscription = CLUSTER.launchSubscription();
    Gateway gateway = CLUSTER.startGateway();
    email.awaitReady();
    subscription.awaitReady();
    client = gateway.client();
    Await.until(
        "both handlers are known",
        () ->
            client.instances("signup.email").size() == 1
                && client.instances("signup.subscribe").size() == 1);
  }

  @Test
  void postedSignupBecomesAMailAndASubscribedRow() throws IOException {
    String id =
        client.accept(
            "{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"subscribe\":true,\"n\":1}");

    JsonNode receipt = client.awaitCompleted(id);
    Await.until("ada is subscribed", () -> client.state(id, "subscribe").equals("succeeded"));

    assertThat(receipt.path("actions").path("welcome-email").path("required").asBoolean()).isTrue();
    assertThat(receipt.path("actions").path("subscribe").path("required").asBoolean()).isFalse();
    assertThat(mail(id))
        .contains("Hello Ada, thanks for joining", "ada@example.com", "Content-Type: text/html");
    assertThat(subscribers("ada@example.com")).containsExactly("news|ada@example.com|Ada|" + id);
  }

  @Test
  void optionalActionIsNotOwedWithoutItsKeyOrWithNull() throws IOException {
    String without = client.accept(Signups.person("bob", ""));
    String withNull = client.accept(Signups.person("cy", ",\"subscribe\":null"));

    for (String id : List.of(without, withNull)) {
      JsonNode receipt = client.awaitCompleted(id);
      assertThat(receipt.path("actions").fieldNames())
          .toIterable()
          .containsExactly("welcome-email");
      assertThat(mail(id)).contains("thanks for joining");
    }
    assertThat(subscribers("bob@example.com")).isEmpty();
    assertThat(subscribers("cy@example.com")).isEmpty();
  }

  @Test
  void subscribingTwiceIsOneRow() {
    String first = client.accept(Signups.person("dee", ",\"subscribe\":true"));
    Await.until("dee is subscribed", () -> client.state(first, "subscribe").equals("succeeded"));
    String second = client.accept(Signups.person("dee", ",\"subscribe\":true"));
    Await.until("dee asked again", () -> client.state(second, "subscribe").equals("succeeded"));

    assertThat(subscribers("dee@example.com")).containsExactly("news|dee@example.com|dee|" + first);
  }

  @Test
  void htmlInTheUsernameIsEscapedInTheHtmlAndLiteralInTheText() throws IOException {
    String id = client.accept("{\"username\":\"<b>Eve</b>\",\"email\":\"eve@example.com\"}");

    client.awaitCompleted(id);

    assertThat(mail(id)).contains("Hello <b>Eve</b>, thanks", "&lt;b&gt;Eve&lt;/b&gt;");
  }

  @Test
  void headerInjectionIsRefusedAndNothingIsAccepted() {
    long before = client.books().accepted();

    var answer =
        client
            .post("{\"username\":\"a\\r\\nBcc: x@y.example\",\"email\":\"fay@example.com\"}")
            .join();

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(client.books().accepted()).isEqualTo(before);
  }

  @Test
  void underLoadNoLoopIsBlockedByOurCodeAndTheBooksBalance() {
    Load.of(client, 1_000, Signups::everySecondSubscribes);
    client.awaitSettled(Duration.ofSeconds(60));
    CLUSTER.processes().forEach(UsherProcess::isWarm);

    Load load = Load.of(client, 4_000, Signups::everySecondSubscribes);

    assertThat(load.statuses()).containsOnlyKeys(202);
    var books = client.awaitSettled(Duration.ofSeconds(60));
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.failed()).isZero();
    assertThat(client.metric("usher_signups_accepted_total")).isEqualTo(books.accepted());
    assertThat(client.attempts("failed", "lost", "timed-out", "rejected")).isZero();
    assertThat(CLUSTER.processes()).flatExtracting(Calm::blockedByUs).isEmpty();
    assertThat(CLUSTER.processes()).flatExtracting(Calm::alarms).isEmpty();
    assertThat(CLUSTER.journal().integrity()).isEqualTo("ok");
    assertThat(CLUSTER.journal().wrongTotals()).isEmpty();
  }

  private static String mail(String signup) throws IOException {
    Path outbox = CLUSTER.data().resolve("email/outbox");
    try (Stream<Path> letters = Files.list(outbox)) {
      List<Path> found =
          letters.filter(letter -> letter.getFileName().toString().startsWith(signup)).toList();
      assertThat(found).hasSize(1);
      return Files.readString(found.get(0));
    }
  }

  private static List<String> subscribers(String email) {
    return CLUSTER.query(
        "subscription/list.db",
        "SELECT list, email, username, signup FROM subscriber WHERE email = '" + email + "'");
  }
}
