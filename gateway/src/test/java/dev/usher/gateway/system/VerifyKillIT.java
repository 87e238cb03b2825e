package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.CommandRun;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Signups;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code usher verify} against real processes, one of which it kills. */
class VerifyKillIT {

  private static final int SIGNUPS = 400;

  @RegisterExtension
  final Cluster cluster =
      new Cluster().actions("  welcome-email: { required: true, address: signup.email }");

  @AfterEach
  void endWhatWasRestarted() throws Exception {
    var restarted = ProcessHandle.of(gatewayPid());
    if (restarted.isPresent()) {
      restarted.get().destroyForcibly();
      restarted.get().onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void killingTheGatewayLosesNothingAndLeavesNothingBehind() throws IOException {
    Gateway first = cluster.startGateway();
    String own = first.client().accept(Signups.person(1));

    CommandRun run = verify(command());

    System.out.println(run.out().strip() + "\n" + run.err().strip());
    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode verdict = run.json();
    assertThat(verdict.path("accepted").asInt()).isEqualTo(SIGNUPS);
    assertThat(verdict.path("succeeded").asInt()).isEqualTo(SIGNUPS);
    assertThat(verdict.path("lost").asInt(1)).isZero();
    assertThat(verdict.path("left").asInt(1)).isZero();
    assertThat(verdict.path("kills").asInt()).isEqualTo(1);
    assertThat(verdict.path("seed").asInt()).isEqualTo(3);
    assertThat(run.err())
        .contains("killed the gateway, process " + first.process().pid())
        .contains("it was back after")
        .doesNotContain("WARN");
    assertThat(first.process().isAlive()).isFalse();

    GatewayClient client = cluster.client();
    Books books = client.books();
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.accepted()).isEqualTo(SIGNUPS + 1);
    assertThat(books.completed()).isEqualTo(SIGNUPS);
    assertThat(client.state(own)).as("no handler of its own was there").isEqualTo("open");
    assertThat(query("SELECT id FROM signup")).isEqualTo(own);
    assertThat(query("SELECT count(*) FROM delivery")).isEqualTo("1");
    assertThat(query("SELECT count(DISTINCT detail) FROM audit WHERE verb = 'verify'"))
        .isEqualTo("1");
  }

  @Test
  void journalThatVanishedBetweenKillAndRestartIsFoundOut() {
    var unused = cluster.startGateway();

    CommandRun run = verify("rm " + cluster.data() + "/gateway/journal.db*; " + command());

    System.out.println(run.out().strip() + "\n" + run.err().strip());
    assertThat(run.exit()).isEqualTo(1);
    JsonNode verdict = run.json();
    assertThat(verdict.path("accepted").asInt()).isEqualTo(SIGNUPS);
    assertThat(verdict.path("lost").asInt()).isBetween(1, SIGNUPS);
    assertThat(verdict.path("succeeded").asInt()).isEqualTo(SIGNUPS - verdict.path("lost").asInt());
    assertThat(run.err()).contains("lost: usher signups trace signup_");
  }

  private CommandRun verify(String restart) {
    return cluster.usher(
        "verify",
        "--signups",
        Integer.toString(SIGNUPS),
        "--data",
        cluster.data().toString(),
        "--seed",
        "3",
        "--disrupt",
        "gateway=" + restart);
  }

  private String query(String sql) {
    return String.join(" ", cluster.query("gateway/journal.db", sql));
  }

  private String command() {
    return Path.of(System.getProperty("java.home"), "bin", "java")
        + " -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar target/usher-gateway.jar"
        + " --config "
        + cluster.config()
        + " --data "
        + cluster.data();
  }

  private long gatewayPid() throws IOException {
    Path file = cluster.data().resolve("gateway/endpoints.json");
    return new ObjectMapper().readTree(file.toFile()).path("pid").asLong();
  }
}
