package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Cluster;
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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Files of every kind dropped into the folder of one real runner while signups flow. {@code
 * -Dswaps=200} makes it long.
 */
class HotDeploymentIT {

  private static final int SWAPS = Integer.getInteger("swaps", 3);
  private static final String EMAIL = "signup.email";
  private static final String SUBSCRIBE = "signup.subscribe";
  private static final Path EMAIL_JAR = Path.of("../verticles/email/target/usher-email.jar");
  private static final Path SUBSCRIPTION_JAR =
      Path.of("../verticles/subscription/target/usher-subscription.jar");
  private static final Path EXAMPLES = Path.of("../verticles/examples");
  private static final List<String> LANGUAGES = List.of("letters", "shout", "backwards");

  @RegisterExtension
  static final Cluster CLUSTER =
      new Cluster()
          .actions(
              "  welcome-email: { required: true, address: signup.email }",
              "  subscribe: { required: false, address: signup.subscribe }",
              "  letters: { required: false, key: languages, address: signup.letters }",
              "  shout: { required: false, key: languages, address: signup.shout }",
              "  backwards: { required: false, key: languages, address: signup.backwards }");

  private static GatewayClient client;
  private static UsherProcess runner;

  @BeforeAll
  static void start() {
    runner = CLUSTER.launchRunner();
    client = CLUSTER.startGateway().client();
    assertThat(runner.awaitReady().awaitLine("ready runner")).contains("deployed= folder=");
  }

  @AfterEach
  void removeAll() throws IOException {
    try (Stream<Path> files = Files.list(handlers())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    for (String address : List.of(EMAIL, SUBSCRIBE)) {
      Await.until(address + " is served no more", () -> client.instances(address).isEmpty());
    }
  }

  @AfterAll
  static void end() {
    runner.terminate();
    assertThat(runner.awaitEnd()).isZero();
  }

  @Test
  void handlersOwnJarsAreReplacedUnderLoadAndNothingIsLostOrFails() throws IOException {
    Books before = client.books();
    long bad = client.attempts("failed", "lost", "timed-out", "rejected");
    Load load = load();
    Files.copy(SUBSCRIPTION_JAR, handlers().resolve("subscription.jar"));
    dropEmail(0);
    awaitBoth();
    for (int version = 1; version <= SWAPS; version++) {
      int number = version;
      replace(EMAIL, () -> dropEmail(number));
      load.awaitMore(50);
    }
    Files.writeString(handlers().resolve("email.jar"), "no jar at all");
    runner.awaitLine("email.jar is not complete yet");
    load.awaitMore(50);

    Books books = settled(load, before);
    assertThat(client.attempts("failed", "lost", "timed-out", "rejected")).isEqualTo(bad);
    assertThat(client.attempts("succeeded")).isEqualTo(books.succeeded());
    assertThat(letters()).isEqualTo(load.count());
  }

  @Test
  void scriptsAreReplacedAndKilledUnderLoadAndNothingIsLost() throws IOException {
    Books before = client.books();
    long bad = client.attempts("failed", "lost", "timed-out", "rejected");
    Load load = load();
    drop("email_user.py", python("v1"));
    drop(
        "subscribe_user.mjs",
        """
        import { handler } from "usher-handler";
        handler("signup.subscribe", async (context) => context.text("email").length);
        """);
    awaitBoth();
    load.awaitMore(50);
    replace(EMAIL, () -> drop("email_user.py", python("v2")));
    load.awaitMore(50);
    assertThat(client.attempts("failed", "lost", "timed-out", "rejected")).isEqualTo(bad);

    long failed = client.attempts("failed", "timed-out", "rejected");
    replace(EMAIL, () -> kill("python"));
    replace(SUBSCRIBE, () -> kill("node"));
    drop("email_user.py", "import no_such_module\n");
    assertThat(runner.awaitLine("not yet ready")).contains("handlers/email_user.py does not run");
    load.awaitMore(50);

    var unused = settled(load, before);
    assertThat(client.attempts("failed", "timed-out", "rejected")).isEqualTo(failed);
  }

  @Test
  void kotlinJarGroovyScriptAndJavaFileServeASignup() throws IOException {
    drop("email_user.py", python("v1"));
    for (String file :
        List.of(
            "kotlin/target/usher-example-kotlin.jar",
            "java/Shout.java",
            "groovy/backwards.groovy")) {
      Path from = EXAMPLES.resolve(file);
      Files.copy(from, handlers().resolve(from.getFileName()));
    }
    for (String name : LANGUAGES) {
      Await.until(name + " is known", () -> client.instances("signup." + name).size() == 1);
    }
    String id = client.accept(Signups.person("Zoë 7", ",\"languages\":true"));
    Await.until("all are done", () -> results(id).size() == LANGUAGES.size());

    assertThat(results(id))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("letters", "3", "shout", "ZOË 7", "backwards", "7 ëoZ"));
  }

  private static Load load() {
    return Load.start(client, 8, Duration.ofMillis(5), Signups::everySecondSubscribes);
  }

  private static void awaitBoth() {
    Await.until("one is known", () -> client.instances(EMAIL).size() == 1);
    Await.until("the other is known", () -> client.instances(SUBSCRIBE).size() == 1);
  }

  /** Ends the load; everything that was accepted is done. */
  private static Books settled(Load load, Books before) {
    load.stop();
    assertThat(load.statuses()).containsOnlyKeys(202);
    Books books = client.awaitSettled(Duration.ofSeconds(60));
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.completed() - before.completed()).isEqualTo(load.count());
    assertThat(books.dead()).isZero();
    return books;
  }

  /** Does something after which another instance serves alone. */
  private static void replace(String address, Step how) throws IOException {
    List<String> old = client.instances(address);
    how.run();
    Await.until(
        "another instance serves " + address + " alone",
        () -> {
          List<String> now = client.instances(address);
          return now.size() == 1 && !now.equals(old);
        });
  }

  /** What is done to files, or to processes. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private static void kill(String program) {
    List<ProcessHandle> children =
        ProcessHandle.of(runner.pid()).orElseThrow().children().filter(is(program)).toList();
    assertThat(children).hasSize(1);
    assertThat(children.get(0).destroyForcibly()).isTrue();
  }

  private static Predicate<ProcessHandle> is(String program) {
    return child -> child.info().command().orElse("").contains(program);
  }

  /** Copied slowly enough for a look in between, as a person would. */
  private static void dropEmail(int version) throws IOException {
    Path jar = Files.createTempFile(CLUSTER.data(), "email", ".jar");
    Files.copy(EMAIL_JAR, jar, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem content = FileSystems.newFileSystem(jar)) {
      Files.writeString(content.getPath("version.txt"), "version " + version);
    }
    Files.copy(jar, handlers().resolve("email.jar"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void drop(String name, String text) throws IOException {
    Path unfinished = Files.writeString(CLUSTER.data().resolve(name), text);
    Files.move(unfinished, handlers().resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String python(String version) {
    return """
    from usher import handler

    @handler("signup.email")
    def email_user(context):
        return "%s: Hello {} thanks for joining!".format(context.json["username"])
    """
        .formatted(version);
  }

  private static Map<String, String> results(String id) {
    Map<String, String> results = new TreeMap<>();
    for (JsonNode delivery : client.admin("/admin/signups/" + id).path("deliveries")) {
      if (LANGUAGES.contains(delivery.path("action").asText()) && delivery.has("result")) {
        results.put(delivery.path("action").asText(), delivery.path("result").asText());
      }
    }
    return results;
  }

  private static Path handlers() {
    return CLUSTER.data().resolve("runner/handlers");
  }

  private static int letters() {
    return Objects.requireNonNull(CLUSTER.data().resolve("email/outbox").toFile().list()).length;
  }
}
