package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.CommandRun;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.ScriptedHandler;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person on call does to real processes, by the command line as it is shipped. */
class OnCallIT {

  @RegisterExtension
  final Cluster cluster =
      new Cluster()
          .actions(
              "  welcome-email: { required: true, address: signup.email,",
              "    retry: { first: 100ms, factor: 2, max: 1s, giveUpAfter: 1h } }");

  @Test
  void whatWasAcceptedBeforeABackupUnderLoadIsThereAfterAKillAndARestore() throws Exception {
    Gateway first = cluster.startGateway();
    Load load = Load.start(first.client(), 32, Duration.ZERO, Signups::person);
    load.awaitMore(500);
    List<String> before = load.accepted();

    CommandRun backup = usher("journal", "backup");
    load.awaitMore(100);
    CommandRun refused = usher("journal", "restore", file(backup));
    load.stop();
    first.process().kill9();
    CommandRun restored = usher("journal", "restore", file(backup));

    assertThat(backup.exit()).as(backup.err()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file(backup)))))
        .isEqualTo("rw-------");
    assertThat(load.statuses()).containsOnlyKeys(202);
    assertThat(refused.exit()).isEqualTo(4);
    assertThat(refused.err()).contains("is in use by process " + first.process().pid());
    assertThat(restored.exit()).as(restored.err()).isZero();
    assertThat(restored.err()).contains("the journal that was there is now").doesNotContain("key");
    long kept = restored.json().path("signups").asLong();
    assertThat(kept).isBetween((long) before.size(), (long) load.count());

    GatewayClient client = cluster.startGateway().client();
    assertThat(client.books().accepted()).isEqualTo(kept);
    ScriptedHandler mail =
        cluster.startHandler("signup.email", 64, item -> Future.succeededFuture(Verdict.SUCCEEDED));
    Books books = client.awaitSettled(Duration.ofSeconds(60));

    assertThat(books.completed()).isEqualTo(kept);
    assertThat(mail.seen()).extracting(ScriptedHandler.Seen::signup).containsAll(before);
    assertThat(client.accept(Signups.person(1))).startsWith("signup_");
    assertThat(cluster.journal().integrity()).isEqualTo("ok");
    assertThat(cluster.journal().wrongTotals()).isEmpty();
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }

  @Test
  void whatHappenedToASignupIsFoundByTheEmailAddressTracedAndEnded() {
    GatewayClient client = cluster.startGateway().client();
    AtomicBoolean works = new AtomicBoolean();
    ScriptedHandler mail =
        cluster.startHandler(
            "signup.email",
            4,
            item -> Future.succeededFuture(works.get() ? Verdict.SUCCEEDED : Verdict.FAILED));
    String id = client.accept(Signups.person(7));
    Await.until("three attempts", () -> mail.seen().size() >= 3);

    CommandRun found = usher("signups", "list", "--email", "USER-7@example.com");
    CommandRun nobody = usher("signups", "list", "--email", "user-8@example.com");
    JsonNode story = usher("signups", "trace", id).json();
    CommandRun cancelled = usher("signups", "cancel", id, "--reason", "asked by phone");
    works.set(true);

    assertThat(found.json().path("id").asText()).isEqualTo(id);
    assertThat(nobody.out()).isEmpty();
    assertThat(story.at("/payload/email").asText()).isEqualTo("user-7@example.com");
    JsonNode attempts = story.at("/deliveries/0/history");
    assertThat(attempts.size()).isGreaterThanOrEqualTo(2);
    assertThat(attempts.get(0).path("outcome").asText()).isEqualTo("failed");
    assertThat(attempts.get(0).path("instance").asText()).startsWith("scripted-");
    assertThat(cancelled.exit()).as(cancelled.err()).isIn(0, 7);
    Await.until("it is cancelled", () -> client.state(id, "welcome-email").equals("cancelled"));
    assertThat(client.state(id)).isEqualTo("failed");
    assertThat(cluster.query("gateway/journal.db", "SELECT verb || ' ' || detail FROM audit"))
        .containsExactly("cancel " + id + " because asked by phone");
    assertThat(usher("journal", "stats").json().path("openDeliveries").asInt(1)).isZero();
    assertThat(client.books().areBalanced()).isTrue();
    assertThat(cluster.journal().wrongTotals()).isEmpty();
  }

  private static String file(CommandRun backup) {
    return backup.json().path("file").asText();
  }

  private CommandRun usher(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--data";
    all[words.length + 1] = cluster.data().toString();
    return cluster.usher(all);
  }
}
