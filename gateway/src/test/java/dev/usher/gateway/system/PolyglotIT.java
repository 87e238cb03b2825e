package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples: Python on the bridge of a real gateway, JavaScript on that of a real runner. */
class PolyglotIT {

  private static final Path EXAMPLES = Path.of("../verticles/examples");
  private static final Path EMAIL = EXAMPLES.resolve("python/email_user.py");
  private static final Path SUBSCRIBE = EXAMPLES.resolve("node/subscribe_user.mjs");
  private static final String TOKEN = "0123456789abcdef";
  private static final int SIGNUPS = 300;

  /** Its own two seconds are short on a busy machine. */
  private static final long STARTUP_MS = 30_000;

  @RegisterExtension
  static final Cluster CLUSTER =
      new Cluster()
          .with("USHER_BRIDGE_PORT", Integer.toString(Cluster.freePort()))
          .with("USHER_BRIDGE_TOKEN", TOKEN)
          .with("USHER_RUNNER_BRIDGE_PORT", "0")
          .with("USHER_RUNNER_BRIDGE_TOKEN", TOKEN);

  @TempDir private static Path folder;

  private static final GreenMail SMTP = new GreenMail(setup());

  private static Gateway gateway;
  private static GatewayClient client;
  private static String bridge;
  private static String runnersBridge;
  private static UsherProcess email;

  @BeforeAll
  static void startTheExamples() {
    SMTP.start();
    CLUSTER
        .with("SMTP", "127.0.0.1:" + SMTP.getSmtp().getPort())
        .with("SUBSCRIBERS", subscribers().toString());
    UsherProcess runner = CLUSTER.launchRunner();
    gateway = CLUSTER.startGateway();
    client = gateway.client();
    bridge = bridge(gateway.process());
    runnersBridge = bridge(runner.awaitReady());
    email = CLUSTER.launchPython(bridge, EMAIL);
    UsherProcess subscribe = CLUSTER.launchNode(runnersBridge, SUBSCRIBE);
    email.awaitReady();
    subscribe.awaitReady();
    Await.until("Python is known", () -> client.instances("signup.email").size() == 1);
    Await.until("Node is known", () -> client.instances("signup.subscribe").size() == 1);
  }

  @AfterAll
  static void stopMail() {
    SMTP.stop();
  }

  @Test
  void threeLinesOfPythonAndOfJavaScriptCompleteASignup() throws Exception {
    String id =
        client.accept("{\"username\":\"Zoë\",\"email\":\"zoe@example.com\",\"subscribe\":true}");

    client.awaitCompleted(id);
    Await.until("Zoë is subscribed", () -> client.state(id, "subscribe").equals("succeeded"));

    assertThat(letters("zoe@example.com")).containsExactly("Hello Zoë thanks for joining!");
    assertThat(subscriberLines()).contains(id + " zoe@example.com");
  }

  @Test
  void killedPythonUnderLoadLosesNothing() throws Exception {
    Load load = Load.start(client, 4, Duration.ofMillis(20), Signups::subscriber);
    load.awaitMore(SIGNUPS / 3);
    email.kill9();
    load.awaitMore(SIGNUPS / 3);
    email = CLUSTER.launchPython(bridge, EMAIL);
    email.awaitReady();
    load.awaitMore(SIGNUPS / 3);
    load.stop();

    Books books = client.awaitSettled(Duration.ofSeconds(120));
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.failed()).isZero();
    Set<String> subscribed =
        subscriberLines().stream().map(line -> line.split(" ")[0]).collect(Collectors.toSet());
    assertThat(subscribed).containsAll(load.accepted());
    Set<String> written = new HashSet<>();
    for (MimeMessage letter : SMTP.getReceivedMessages()) {
      written.add(recipients(letter));
    }
    assertThat(written).hasSizeGreaterThanOrEqualTo(load.count());
  }

  @Test
  void handlerOnARunnersBridgeStaysWhenTheGatewayIsKilled() {
    List<String> before = client.instances("signup.subscribe");

    gateway.process().kill9();
    gateway = CLUSTER.startGateway();
    client = gateway.client();

    String id =
        client.accept("{\"username\":\"A\",\"email\":\"a@example.com\",\"subscribe\":true}");
    Await.until("subscribed", () -> client.state(id, "subscribe").equals("succeeded"));
    assertThat(client.instances("signup.subscribe")).isEqualTo(before);
    client.awaitCompleted(id);
  }

  @Test
  void runnersBridgeRefusesAnAddressThatNoActionHasAndAWrongToken() throws Exception {
    Path handler = folder.resolve("nowhere.py");
    Files.writeString(
        handler, "from usher import handler\n@handler('signup.nowhere')\ndef f(c): pass\n");

    try (UsherProcess nowhere = CLUSTER.launchPython(runnersBridge, handler)) {
      assertThat(nowhere.awaitLine("the bridge refuses"))
          .contains("no action has the address")
          .contains("signup.nowhere");
    }
    CLUSTER.with("USHER_BRIDGE_TOKEN", TOKEN + "x");
    try (UsherProcess stranger = CLUSTER.launchPython(runnersBridge, EMAIL)) {
      assertThat(stranger.awaitLine("the bridge refuses")).contains("usher-token");
    } finally {
      CLUSTER.with("USHER_BRIDGE_TOKEN", TOKEN);
    }
  }

  @Test
  void toldToEndTheyDrainAndEndWithZero() {
    for (UsherProcess process :
        List.of(CLUSTER.launchPython(bridge, EMAIL), CLUSTER.launchNode(bridge, SUBSCRIBE))) {
      process.awaitReady();
      process.terminate();
      assertThat(process.awaitEnd()).isZero();
    }
  }

  private static String bridge(UsherProcess process) {
    return process.awaitLine("ready").replaceAll(".* bridge=(\\S+).*", "$1");
  }

  private static List<String> letters(String recipient) throws Exception {
    List<String> letters = new ArrayList<>();
    for (MimeMessage letter : SMTP.getReceivedMessages()) {
      if (recipients(letter).equals(recipient)) {
        letters.add(letter.getContent().toString().strip());
      }
    }
    return letters;
  }

  private static String recipients(MimeMessage letter) throws Exception {
    return letter.getRecipients(RecipientType.TO)[0].toString();
  }

  private static List<String> subscriberLines() throws IOException {
    return Files.readAllLines(subscribers());
  }

  private static Path subscribers() {
    return folder.resolve("subscribers.txt");
  }

  private static ServerSetup setup() {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", "smtp");
    setup.setServerStartupTimeout(STARTUP_MS);
    return setup;
  }
}
