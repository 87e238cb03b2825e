package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.CommandRun;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The welcome mail's own fat jar, deployed by the command line into a real runner under load. */
class DeployUnderLoadIT {

  private static final Path EMAIL = Path.of("../verticles/email/target/usher-email.jar");

  @RegisterExtension
  final Cluster cluster =
      new Cluster().actions("  welcome-email: { required: true, address: signup.email }");

  @Test
  void aHandlerIsDeployedReplacedRefusedAndRolledBackWhileSignupsFlowAndSurvivesItsRunner()
      throws IOException {
    Gateway gateway = cluster.startGateway();
    GatewayClient client = gateway.client();
    CommandRun early = usher("deploy", jar("one").toString(), "--name", "email");
    assertThat(early.exit()).as(early.err()).isEqualTo(7);
    UsherProcess runner = cluster.launchRunner().awaitReady();
    Await.until("the first version is current", () -> versions(client).equals("1 current"));
    Load load = Load.start(client, 4, Duration.ofMillis(10), Signups::person);
    load.awaitMore(20);

    CommandRun second = usher("deploy", jar("two").toString(), "--name", "email");
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.err())
        .contains("uploaded: email version 2", "ready on 1 runner", "switched: ", "drained: ");
    load.awaitMore(20);

    CommandRun broken = usher("deploy", broken().toString(), "--name", "email");
    assertThat(broken.exit()).as(broken.err()).isEqualTo(1);
    assertThat(broken.err())
        .contains("email version 3 does not start: ", "no api.url", "version 2 serves on");
    load.awaitMore(20);

    assertThat(usher("handlers", "rollback", "email").exit()).isZero();
    Await.until(
        "version 1 is back", () -> versions(client).equals("3 failed, 2 undeployed, 1 current"));
    load.awaitMore(20);
    load.stop();

    assertThat(load.statuses()).containsOnlyKeys(202);
    Books books = client.awaitSettled(Duration.ofSeconds(60));
    assertThat(books.completed()).isEqualTo(load.count());
    assertThat(client.attempts("failed", "lost", "timed-out", "rejected")).isZero();
    diesInTheMiddleOfARollOut(gateway, runner);
  }

  /** The current version serves meanwhile, and the roll-out ends as if nothing had happened. */
  private void diesInTheMiddleOfARollOut(Gateway gateway, UsherProcess runner) throws IOException {
    Path gate = cluster.data().resolve("gate");
    Path slow = slow(gate);
    CompletableFuture<CommandRun> command =
        CompletableFuture.supplyAsync(() -> usher("deploy", slow.toString(), "--name", "email"));
    Await.until(
        "version 4 is being started", () -> phases(gateway.client()).contains("4 starting"));

    runner.kill9();
    gateway.process().kill9();
    cluster.launchRunner();
    GatewayClient client = cluster.startGateway().client();

    client.awaitCompleted(client.accept(Signups.person(0)));
    assertThat(versions(client)).isEqualTo("4 next, 3 failed, 2 undeployed, 1 current");
    Files.createFile(gate);
    CommandRun ended = command.join();
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("switched: email version 4 is current", "drained: ");
    client.delete("/admin/handlers/email");
    Await.until("nobody serves", () -> client.instances("signup.email").isEmpty());
  }

  private static List<String> phases(GatewayClient client) {
    return Stream.of(client.admin("/admin/handlers/email").path("runners"))
        .flatMap(runners -> runners.findParents("phase").stream())
        .map(one -> one.path("number").asText() + " " + one.path("phase").asText())
        .toList();
  }

  private static String versions(GatewayClient client) {
    JsonNode versions = client.admin("/admin/handlers/email").path("versions");
    List<String> states =
        Stream.iterate(0, index -> index < versions.size(), index -> index + 1)
            .map(versions::get)
            .map(one -> one.path("number").asText() + " " + one.path("state").asText())
            .toList();
    return String.join(", ", states);
  }

  private CommandRun usher(String... words) {
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--data", cluster.data().toString()))
            .toArray(String[]::new);
    return cluster.usher(all);
  }

  /** The same handler with other bytes. */
  private Path jar(String version) throws IOException {
    Path jar = Files.createTempFile(cluster.data(), "email", ".jar");
    Files.copy(EMAIL, jar, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem content = FileSystems.newFileSystem(jar)) {
      Files.writeString(content.getPath("version.txt"), version);
    }
    return jar;
  }

  /** Ready once that file is there. */
  private Path slow(Path gate) throws IOException {
    return Files.writeString(
        cluster.data().resolve("Slow.java"),
        """
        import dev.usher.handler.Handlers;
        import io.vertx.core.Future;
        import java.nio.file.*;

        public class Slow {
          public static void main(String[] arguments) throws InterruptedException {
            while (Files.notExists(Path.of("%s"))) {
              Thread.sleep(20);
            }
            Handlers.run(
                "slow", "signup.email", () -> signup -> Future.succeededFuture("slow"), arguments);
          }
        }
        """
            .formatted(gate));
  }

  private Path broken() throws IOException {
    return Files.writeString(
        cluster.data().resolve("Broken.java"),
        """
        public class Broken {
          public static void main(String[] arguments) {
            throw new IllegalStateException("no api.url");
          }
        }
        """);
  }
}
