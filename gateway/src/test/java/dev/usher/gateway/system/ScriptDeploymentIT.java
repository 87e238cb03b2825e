package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A Python and a JavaScript file dropped into a real runner, which has the packages for them in its
 * jar, while signups flow.
 */
class ScriptDeploymentIT {

  private static final String EMAIL = "signup.email";
  private static final String SUBSCRIBE = "signup.subscribe";

  @RegisterExtension final Cluster cluster = new Cluster();

  @Test
  void scriptsAreDeployedReplacedAndKilledUnderLoadAndNothingIsLost() {
    UsherProcess runner = cluster.launchRunner();
    GatewayClient client = cluster.startGateway().client();
    runner.awaitReady();
    Load load = Load.start(client, 4, Duration.ofMillis(10), Signups::everySecondSubscribes);

    drop("email_user.py", email("v1"));
    drop(
        "subscribe_user.mjs",
        """
        import { handler } from "usher-handler";
        handler("signup.subscribe", async (context) => context.text("email").length);
        """);
    Await.until("Python is known", () -> client.instances(EMAIL).size() == 1);
    Await.until("Node is known", () -> client.instances(SUBSCRIBE).size() == 1);
    load.awaitMore(50);
    replace(client, EMAIL, () -> drop("email_user.py", email("v2")));
    load.awaitMore(50);
    assertThat(client.attempts("failed", "lost", "timed-out", "rejected")).isZero();

    replace(client, EMAIL, () -> kill(runner, "python"));
    replace(client, SUBSCRIBE, () -> kill(runner, "node"));
    drop("email_user.py", "import no_such_module\n");
    assertThat(runner.awaitLine("not yet ready")).contains("handlers/email_user.py does not run");
    load.awaitMore(50);
    load.stop();

    assertThat(load.statuses()).containsOnlyKeys(202);
    Books books = client.awaitSettled(Duration.ofSeconds(60));
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.completed()).isEqualTo(load.count());
    assertThat(client.attempts("failed", "timed-out", "rejected")).isZero();
    runner.terminate();
    assertThat(runner.awaitEnd()).isZero();
  }

  /** Does something after which another instance serves alone. */
  private static void replace(GatewayClient client, String address, Runnable how) {
    List<String> old = client.instances(address);
    how.run();
    Await.until(
        "another instance serves " + address + " alone",
        () -> {
          List<String> now = client.instances(address);
          return now.size() == 1 && !now.equals(old);
        });
  }

  private static void kill(UsherProcess runner, String program) {
    List<ProcessHandle> children =
        ProcessHandle.of(runner.pid()).orElseThrow().children().filter(is(program)).toList();
    assertThat(children).hasSize(1);
    assertThat(children.get(0).destroyForcibly()).isTrue();
  }

  private static Predicate<ProcessHandle> is(String program) {
    return child -> child.info().command().orElse("").contains(program);
  }

  private void drop(String name, String text) {
    try {
      Path unfinished = cluster.data().resolve(name);
      Files.writeString(unfinished, text);
      Files.move(
          unfinished,
          cluster.data().resolve("runner/handlers").resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String email(String version) {
    return """
    from usher import handler

    @handler("signup.email")
    def email_user(context):
        return "%s: Hello {} thanks for joining!".format(context.json["username"])
    """
        .formatted(version);
  }
}
