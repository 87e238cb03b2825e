package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Cluster;
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
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The two handlers' own fat jars, unchanged, dropped into a runner while signups flow. {@code
 * -Dswaps=200} makes it long.
 */
class HotDeploymentIT {

  private static final int SWAPS = Integer.getInteger("swaps", 3);
  private static final Path EMAIL = Path.of("../verticles/email/target/usher-email.jar");
  private static final Path SUBSCRIPTION =
      Path.of("../verticles/subscription/target/usher-subscription.jar");

  @RegisterExtension final Cluster cluster = new Cluster();

  @Test
  void handlersAreDeployedReplacedAndRemovedUnderLoadAndNothingIsLostOrFails() throws IOException {
    UsherProcess runner = cluster.launchRunner();
    Gateway gateway = cluster.startGateway();
    GatewayClient client = gateway.client();
    assertThat(runner.awaitReady().awaitLine("ready runner")).contains("deployed= folder=");
    Load load = Load.start(client, 8, Duration.ofMillis(5), Signups::everySecondSubscribes);

    Files.copy(SUBSCRIPTION, handlers().resolve("subscription.jar"));
    drop(0);
    Await.until("both are known", () -> client.instances("signup.email").size() == 1);
    Await.until("both are known", () -> client.instances("signup.subscribe").size() == 1);
    for (int version = 1; version <= SWAPS; version++) {
      List<String> old = client.instances("signup.email");
      drop(version);
      Await.until(
          "version " + version + " serves alone",
          () -> {
            List<String> now = client.instances("signup.email");
            return now.size() == 1 && !now.equals(old);
          });
      load.awaitMore(50);
    }
    Files.writeString(handlers().resolve("email.jar"), "no jar at all");
    runner.awaitLine("email.jar is not complete yet");
    load.awaitMore(50);
    load.stop();

    assertThat(load.statuses()).containsOnlyKeys(202);
    Books books = client.awaitSettled(Duration.ofSeconds(60));
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.completed()).isEqualTo(load.count());
    assertThat(client.attempts("failed", "lost", "timed-out", "rejected")).isZero();
    assertThat(client.attempts("succeeded")).isEqualTo(books.succeeded());
    assertThat(letters()).isEqualTo(load.count());
    Files.delete(handlers().resolve("email.jar"));
    Await.until("it is undeployed", () -> client.instances("signup.email").isEmpty());
    runner.terminate();
    assertThat(runner.awaitEnd()).isZero();
  }

  /** Copied slowly enough for a look in between, as a person would. */
  private void drop(int version) throws IOException {
    Path jar = Files.createTempFile(cluster.data(), "email", ".jar");
    Files.copy(EMAIL, jar, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem content = FileSystems.newFileSystem(jar)) {
      Files.writeString(content.getPath("version.txt"), "version " + version);
    }
    Files.copy(jar, handlers().resolve("email.jar"), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path handlers() {
    return cluster.data().resolve("runner/handlers");
  }

  private int letters() {
    return Objects.requireNonNull(cluster.data().resolve("email/outbox").toFile().list()).length;
  }
}
