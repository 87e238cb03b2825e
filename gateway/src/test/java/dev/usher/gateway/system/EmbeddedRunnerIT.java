package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Handlers in the gateway's own process, which has few event loops: one, on most test machines. */
class EmbeddedRunnerIT {

  private static final Path EMAIL = Path.of("../verticles/email/target/usher-email.jar");

  @RegisterExtension final Cluster cluster = new Cluster().with("USHER_RUNNER_EMBEDDED", "true");

  @Test
  void handlerThatBlocksHoldsUpNeitherTheGatewayNorAnotherHandler() throws IOException {
    cluster.actions(
        "  welcome-email: { required: true, address: signup.email }",
        "  stuck: { required: false, address: signup.stuck, timeout: 60s }");
    Path folder = Files.createDirectories(cluster.data().resolve("runner/handlers"));
    Path release = cluster.data().resolve("release");
    Files.writeString(folder.resolve("Stuck.java"), blocksUntilThereIs(release));
    Files.copy(EMAIL, folder.resolve("email.jar"));
    Gateway gateway = cluster.startGateway();
    GatewayClient client = gateway.client();
    Await.until("it serves", () -> client.instances("signup.stuck").size() == 1);
    Await.until("it serves", () -> client.instances("signup.email").size() == 1);

    String stuck = signup(client, true);
    Await.until("it blocks", () -> Files.exists(cluster.data().resolve("blocked")));

    var unused = client.awaitCompleted(signup(client, false));
    assertThat(client.state(stuck, "stuck")).isEqualTo("running");
    Files.createFile(release);
    Await.until("it lets go", () -> client.state(stuck, "stuck").equals("succeeded"));
    gateway.process().terminate();
    assertThat(gateway.process().awaitEnd()).isZero();
  }

  private static String signup(GatewayClient client, boolean isStuck) {
    return client.accept(
        "{\"username\":\"ada\",\"email\":\"ada@example.com\",\"stuck\":"
            + (isStuck ? "true" : "null")
            + "}");
  }

  private String blocksUntilThereIs(Path release) {
    return """
    import dev.usher.handler.*;
    import io.vertx.core.Future;
    import java.nio.file.*;

    class Stuck {
      public static void main(String[] args) {
        Handlers.run("stuck", "signup.stuck", () -> Stuck::handle, args);
      }
      static Future<?> handle(Signup signup) {
        try {
          Files.createFile(Path.of("%s"));
          while (!Files.exists(Path.of("%s"))) {
            Thread.sleep(10);
          }
        } catch (Exception e) {
          return Future.failedFuture(e);
        }
        return Future.succeededFuture();
      }
    }
    """
        .formatted(cluster.data().resolve("blocked"), release);
  }
}
