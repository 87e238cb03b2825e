package dev.usher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.PortRange;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fat jar as it is built, in a cluster that was made from Usher's own cluster settings. */
@Timeout(120)
class PlainWelcomeIT {

  private static final String CLUSTER = "plain-it-" + UUID.randomUUID();

  @TempDir Path folder;

  private ClusterMember member;
  private Process jvm;

  @BeforeEach
  void startTheJarInACluster() throws IOException {
    ClusterSettings settings =
        new ClusterSettings(
            CLUSTER, "127.0.0.1", new PortRange(0, 0), List.of("127.0.0.1:1"), Optional.empty(), 0);
    member = await(ClusterMember.join(settings, "gateway", new VertxOptions()));
    Path config = folder.resolve("cluster.xml");
    Files.writeString(config, clusterXml(member.members().get(0)));
    jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dvertx.hazelcast.config=" + config,
                "-jar",
                "target/usher-example-plain.jar")
            .redirectError(folder.resolve("err.log").toFile())
            .start();
    awaitReady();
  }

  @AfterEach
  void stopBoth() {
    jvm.destroyForcibly();
    await(member.leave());
  }

  @Test
  void deliveryIsAnsweredAndOneThatCannotSucceedIsRejected() {
    assertThat(request(new JsonObject().put("username", "ada"))).isEqualTo("Hello ada");
    assertThatThrownBy(() -> request(new JsonObject()))
        .cause()
        .isInstanceOfSatisfying(
            ReplyException.class, failure -> assertThat(failure.failureCode()).isEqualTo(422));
  }

  private Object request(JsonObject payload) {
    JsonObject event =
        new JsonObject()
            .put("specversion", "1.0")
            .put("id", "signup_1")
            .put("source", "/usher")
            .put("type", "dev.usher.signup.accepted")
            .put("data", payload);
    DeliveryOptions headers =
        new DeliveryOptions()
            .addHeader("usher-delivery", "signup_1.greet")
            .addHeader("usher-action", "greet")
            .addHeader("usher-attempt", "1")
            .addHeader("usher-timeout", "30000");
    return await(member.vertx().eventBus().request("signup.greeting", event, headers)).body();
  }

  private void awaitReady() throws IOException {
    BufferedReader out = jvm.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.startsWith("ready")) {
      line = out.readLine();
    }
    assertThat(line)
        .as(() -> "the jar ended before it was ready: " + read(folder.resolve("err.log")))
        .isNotNull();
  }

  /** What the jar has within, but for the name, the ports and the seeds: those are the test's. */
  private static String clusterXml(String seed) throws IOException {
    String xml = Files.readString(Path.of("src/main/resources/cluster.xml"));
    return xml.replace(">usher<", ">" + CLUSTER + "<")
        .replace("<port auto-increment=\"true\" port-count=\"8\">5701<", "<port>0<")
        .replaceAll("(?s)<member-list>.*</member-list>", "<member>" + seed + "</member>");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
