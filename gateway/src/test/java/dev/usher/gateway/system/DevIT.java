package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.Usher;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.UsherProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code usher dev}, as somebody uses it who develops a handler. */
class DevIT {

  @RegisterExtension final Cluster cluster = new Cluster();

  @Test
  void watchedHandlerIsGivenAnActionAndReplacedWhenItsFileChanges() throws Exception {
    Path temporary = Files.createDirectories(cluster.data().resolve("temporary"));
    Path file = cluster.data().resolve("Greeter.java");
    write(file, "one");
    UsherProcess dev =
        cluster.launchMain(
            "dev",
            Usher.class,
            List.of("-Djava.io.tmpdir=" + temporary),
            "dev",
            "--config=" + cluster.config(),
            "--watch=" + file);

    dev.awaitLine("usher-email serves signup.email");
    dev.awaitLine("no action had signup.greeting: made greeter, which every signup is owed");
    URI signups = URI.create(dev.awaitLine("curl ").replaceAll(".*curl (\\S+).*", "$1"));
    assertThat(signup(signups)).isEqualTo(202);
    dev.awaitLine("one greets Ada");

    write(file, "another");
    dev.awaitLine("is gone");
    assertThat(signup(signups)).isEqualTo(202);
    dev.awaitLine("another greets Ada");

    dev.terminate();
    assertThat(dev.awaitEnd()).isZero();
    assertThat(temporary.toFile().list((folder, name) -> name.startsWith("usher-dev"))).isEmpty();
  }

  private static int signup(URI signups) throws IOException, InterruptedException {
    String payload = "{\"username\":\"Ada\",\"email\":\"ada@example.com\"}";
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(signups)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(payload))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static void write(Path file, String who) throws IOException {
    Files.writeString(
        file,
        """
        import dev.usher.handler.*;
        import org.slf4j.LoggerFactory;

        class Greeter {
          public static void main(String[] args) {
            Handlers.runBlocking("greeter", "signup.greeting", () -> Greeter::greet, args);
          }
          static Object greet(Signup signup) {
            LoggerFactory.getLogger("greeter").info("%s greets {}", signup.text("username"));
            return null;
          }
        }
        """
            .formatted(who));
  }
}
