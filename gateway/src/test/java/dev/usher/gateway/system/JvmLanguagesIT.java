package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.UsherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples that a runner runs itself, dropped into it as they are. */
class JvmLanguagesIT {

  private static final Path EXAMPLES = Path.of("../verticles/examples");

  @RegisterExtension final Cluster cluster = new Cluster();

  @Test
  void kotlinJarGroovyScriptAndJavaFileServeASignup() throws IOException {
    cluster.actions(action("letters"), action("shout"), action("backwards"));
    UsherProcess runner = cluster.launchRunner();
    GatewayClient client = cluster.startGateway().client();
    runner.awaitReady();

    drop("kotlin/target/usher-example-kotlin.jar");
    drop("java/Shout.java");
    drop("groovy/backwards.groovy");
    for (String name : new String[] {"letters", "shout", "backwards"}) {
      Await.until(name + " is known", () -> client.instances("signup." + name).size() == 1);
    }
    String id = client.accept("{\"username\":\"Zoë 7\",\"email\":\"zoe@example.com\"}");
    client.awaitCompleted(id);

    assertThat(results(client, id))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("letters", "3", "shout", "ZOË 7", "backwards", "7 ëoZ"));
  }

  private static String action(String name) {
    return "  " + name + ": { required: true, address: signup." + name + " }";
  }

  private void drop(String file) throws IOException {
    Path from = EXAMPLES.resolve(file);
    Files.copy(from, cluster.data().resolve("runner/handlers").resolve(from.getFileName()));
  }

  private static Map<String, String> results(GatewayClient client, String id) {
    Map<String, String> results = new TreeMap<>();
    for (JsonNode delivery : client.admin("/admin/signups/" + id).path("deliveries")) {
      results.put(delivery.path("action").asText(), delivery.path("result").asText());
    }
    return results;
  }
}
