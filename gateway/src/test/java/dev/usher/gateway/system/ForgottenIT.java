package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.ScriptedHandler;
import dev.usher.gateway.system.fixture.UsherProcess;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left of a person in the data folder of all processes. */
class ForgottenIT {

  private static final String EMAIL = "zq-lovelace-7719@example.com";
  private static final String NAME = "Zqadalovelace";
  private static final String TOKEN = "zq+token/4711==";

  @RegisterExtension
  private static final Cluster CLUSTER =
      new Cluster()
          .actions(
              "  welcome-email: { required: true, address: signup.email,"
                  + " erased: signup.email.erased }",
              "  subscribe: { address: signup.subscribe, erased: signup.subscribe.erased }",
              "  crm: { address: it.crm, erased: it.crm.erased,",
              "    retry: { first: 50ms, factor: 1, max: 50ms, giveUpAfter: 1s } }");

  private static GatewayClient client;

  @BeforeAll
  static void startThreeProcesses() {
    UsherProcess email = CLUSTER.launchEmail();
    UsherProcess subscription = CLUSTER.launchSubscription();
    Gateway gateway = CLUSTER.startGateway();
    email.awaitReady();
    subscription.awaitReady();
    client = gateway.client();
  }

  @Test
  void nothingOfAnErasedPersonIsLeftInAnyFileOfAnyProcess() throws Exception {
    ScriptedHandler crm =
        CLUSTER.startHandler("it.crm", 4, item -> Future.succeededFuture(Verdict.FAILED));
    crm.says("no luck with " + NAME + " <" + EMAIL + ">");
    String id = accepted(EMAIL, NAME, ",\"crm\":\"" + TOKEN + "\"");
    String other = accepted("somebody-else@example.com", "Somebody", "");
    for (String one : List.of(id, other)) {
      await(one, "welcome-email", "succeeded");
      await(one, "subscribe", "succeeded");
    }
    await(id, "crm", "dead");
    backup();
    assertThat(filesWith(EMAIL))
        .as("before, or this test proves nothing")
        .anyMatch(file -> file.startsWith("journal.db"))
        .contains("nightly.db", id + ".welcome-email.eml")
        .anyMatch(file -> file.startsWith("list.db"));
    assertThat(filesWith(NAME)).isNotEmpty();
    assertThat(filesWith(TOKEN)).isNotEmpty();

    JsonNode report = client.delete("/admin/signups?email=ZQ-lovelace-7719%40EXAMPLE.com");

    assertThat(report.path("done").asInt()).isEqualTo(1);
    ScriptedHandler told =
        CLUSTER.startHandler("it.crm.erased", 4, item -> Future.succeededFuture(Verdict.SUCCEEDED));
    Await.until("every handler has heard", () -> heard(id) == 3);
    assertThat(told.seen()).extracting(ScriptedHandler.Seen::delivery).contains(id + ".crm.erased");
    for (String trace : List.of(EMAIL, NAME, TOKEN)) {
      assertThat(filesWith(trace)).as(trace).isEmpty();
    }
    assertThat(filesWith("somebody-else@example.com"))
        .contains("nightly.db", other + ".welcome-email.eml");
    assertThat(client.state(id)).isEqualTo("completed");
    assertThat(client.state(id, "crm")).isEqualTo("cancelled");
    assertThat(client.admin("/admin/signups/" + id).path("erased").asBoolean()).isTrue();
    assertThat(client.books().areBalanced()).isTrue();
  }

  private static String accepted(String email, String name, String more) {
    return client.accept(
        "{\"username\":\""
            + name
            + "\",\"email\":\""
            + email
            + "\",\"subscribe\":true"
            + more
            + "}");
  }

  private static void await(String id, String action, String state) {
    Await.until(action + " is " + state, () -> client.state(id, action).equals(state));
  }

  private static long heard(String id) {
    JsonNode deliveries = client.admin("/admin/signups/" + id).path("deliveries");
    List<String> heard = new ArrayList<>();
    for (JsonNode one : deliveries) {
      if (one.path("action").asText().endsWith(".erased")
          && one.path("state").asText().equals("succeeded")) {
        heard.add(one.path("action").asText());
      }
    }
    return heard.size();
  }

  /** As the gateway makes them. */
  private static void backup() throws Exception {
    Path folder = Files.createDirectories(CLUSTER.data().resolve("gateway/backups"));
    String journal = "jdbc:sqlite:" + CLUSTER.data().resolve("gateway/journal.db");
    try (Connection connection = DriverManager.getConnection(journal);
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, folder.resolve("nightly.db").toString());
      vacuum.execute();
    }
  }

  private static List<String> filesWith(String text) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CLUSTER.data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (holds(file, text)) {
          found.add(file.getFileName().toString());
        }
      }
    }
    return found;
  }

  /** As it is, as letters fold it (quoted-printable), and as base64 has it in three positions. */
  private static boolean holds(Path file, String text) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    String unfolded = bytes.replace("=\r\n", "").replace("=3D", "=");
    String lines = bytes.replace("\r\n", "");
    return bytes.contains(text)
        || unfolded.contains(text)
        || base64(text).stream().anyMatch(lines::contains);
  }

  private static List<String> base64(String text) {
    return Stream.of("", "x", "xx")
        .map(
            before ->
                Base64.getEncoder()
                    .encodeToString((before + text).getBytes(StandardCharsets.UTF_8)))
        .map(encoded -> encoded.substring(4, encoded.length() - 4))
        .toList();
  }
}
