package dev.usher.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.bridge.fixture.Certificate;
import dev.usher.bridge.fixture.Program;
import dev.usher.bridge.fixture.ScriptedGateway;
import dev.usher.wire.Announcement;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame.Item;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a handler may rely on, whatever it is written in. The same payloads for every language. */
abstract class HandlerContract extends WithBridge {

  private static final String TOKEN = "0123456789abcdef";
  private static final String CRM = "signup.crm";
  private static final long POLL_NANOS = 10_000_000;

  @TempDir private Path folder;

  private Optional<Program> program = Optional.empty();
  private final Map<String, Announcement> instances = new HashMap<>();

  /** The command that runs the scripted handlers. */
  abstract List<String> command();

  abstract String language();

  @AfterEach
  void end() {
    program.ifPresent(Program::close);
  }

  @Test
  void announcesItselfWithItsLanguageAndSlots() {
    start();

    Announcement email = instances.get(EMAIL);
    assertThat(email.language()).isEqualTo(language());
    assertThat(email.handler()).isEqualTo("scripted");
    assertThat(email.slots()).isEqualTo(4);
    assertThat(instances.get(CRM).slots()).isEqualTo(256);
  }

  @Test
  void resultComesBackWhateverItsCharacters() {
    start();

    String text = "Zoë 日本 \uD83D\uDE00 \" \\ \u0001";
    assertThat(outcome(EMAIL, payload("echo").put("text", text)))
        .isEqualTo(succeeded(new JsonObject().put("echo", text).encode()));
    assertThat(outcome(CRM, payload("echo").put("text", text)).verdict())
        .isEqualTo(Verdict.SUCCEEDED);
  }

  @Test
  void contextTellsOfTheAttempt() {
    start();

    JsonArray told = new JsonArray(outcome(EMAIL, payload("tell")).text());

    assertThat(told)
        .containsExactly(
            "signup_1",
            DELIVERY,
            "mail",
            1,
            "1970-01-01T00:00:01Z",
            ScriptedGateway.TRACEPARENT,
            true);
  }

  @Test
  void payloadOf64KibArrives() {
    start();

    Item item = outcome(EMAIL, payload("none").put("text", "ö".repeat(32 << 10)));

    assertThat(item).isEqualTo(succeeded(""));
  }

  @Test
  void resultThatIsTooLongOrNoJsonIsDropped() {
    start();

    assertThat(outcome(EMAIL, payload("long"))).isEqualTo(succeeded(""));
    assertThat(outcome(CRM, payload("object"))).isEqualTo(succeeded(""));
  }

  @Test
  void failuresMeanWhatTheyMeanInJava() {
    start();

    assertThat(outcome(EMAIL, payload("reject")))
        .isEqualTo(new Item(DELIVERY, 1, Verdict.REJECTED, -1, "no such list"));
    assertThat(outcome(EMAIL, payload("retry")))
        .isEqualTo(new Item(DELIVERY, 1, Verdict.FAILED, 7_000, "list is locked"));
    assertThat(outcome(EMAIL, payload("fail")))
        .isEqualTo(new Item(DELIVERY, 1, Verdict.FAILED, 0, "ValueError: broken"));
    assertThat(outcome(EMAIL, payload("missing")))
        .isEqualTo(new Item(DELIVERY, 1, Verdict.REJECTED, -1, "\"nothing\" is missing"));
    assertThat(outcome(CRM, payload("fail")).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(printed()).doesNotContain("broken");
  }

  @Test
  void runsItsSlotsAtOnceAndNoMore() throws Exception {
    start();
    String waiting = waiting().encode();
    String[] five =
        Stream.of(1, 2, 3, 4, 5).map(n -> "signup_" + n + ".mail").toArray(String[]::new);

    gateway.deliver(instances.get(EMAIL), waiting, five);
    Item refused = gateway.outcome();
    go();

    assertThat(refused.delivery()).isEqualTo("signup_5.mail");
    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
    for (int i = 0; i < 4; i++) {
      assertThat(gateway.outcome().verdict()).isEqualTo(Verdict.SUCCEEDED);
    }
  }

  @Test
  void toldToEndItFinishesWhatItHas() throws Exception {
    start();
    gateway.deliver(instances.get(EMAIL), waiting().encode(), DELIVERY);
    awaitBegun();

    program.orElseThrow().terminate();
    gateway.announced(InstanceState.DRAINING);
    gateway.announced(InstanceState.DRAINING);
    go();

    assertThat(gateway.outcome()).isEqualTo(succeeded(""));
    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isTrue();
    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isTrue();
    assertThat(program.orElseThrow().exitCode()).isZero();
  }

  @Test
  void bridgeThatComesBackIsServedAgainAndARunningDeliveryIsJoined() throws Exception {
    start();
    gateway.deliver(instances.get(EMAIL), waiting().encode(), DELIVERY);
    awaitBegun();
    int port = port(rules(0));

    closeBridge();
    gateway.announced(InstanceState.DOWN);
    port(rules(port));
    awaitInstances();
    gateway.deliver(instances.get(EMAIL), payload("reject").encode(), DELIVERY);
    go();

    assertThat(gateway.outcome()).as("of the first attempt").isEqualTo(succeeded(""));
    gateway.deliver(instances.get(EMAIL), payload("reject").encode(), DELIVERY);
    assertThat(gateway.outcome()).as("remembered").isEqualTo(succeeded(""));
  }

  @Test
  void encryptedBridgeIsServedWhereItsAuthorityIsKnown() {
    Certificate own = Certificate.in(folder);
    BridgeRules rules =
        new BridgeRules(
            "127.0.0.1",
            0,
            Optional.of(TOKEN),
            Optional.of(new BridgeRules.Tls(own.certificate(), own.key())),
            Duration.ofSeconds(30));
    String bridge = "tls://127.0.0.1:" + port(rules);

    Program stranger = run(Map.of("USHER_BRIDGE", bridge, "USHER_BRIDGE_TOKEN", TOKEN));
    until(() -> stranger.printed().contains("no bridge"));
    stranger.close();
    var unused =
        run(
            Map.of(
                "USHER_BRIDGE",
                bridge,
                "USHER_BRIDGE_TOKEN",
                TOKEN,
                "USHER_BRIDGE_CA",
                own.certificate().toString()));
    awaitInstances();

    assertThat(outcome(EMAIL, payload("none"))).isEqualTo(succeeded(""));
  }

  @Test
  void withoutABridgeItSaysSoAndEndsWhenItIsTold() {
    Program alone = run(Map.of("USHER_BRIDGE", "127.0.0.1:1"));

    until(() -> alone.printed().contains("no bridge; check USHER_BRIDGE"));
    alone.terminate();

    assertThat(alone.exitCode()).isZero();
  }

  @Test
  void wrongUseIsToldInOneLine() {
    Program unset = run(Map.of());

    assertThat(unset.exitCode()).isEqualTo(2);
    assertThat(unset.printed())
        .contains("USHER_BRIDGE is not set; write host:port")
        .hasLineCount(1);
  }

  private void start() {
    var unused =
        run(Map.of("USHER_BRIDGE", "127.0.0.1:" + port(rules(0)), "USHER_BRIDGE_TOKEN", TOKEN));
    awaitInstances();
  }

  private void awaitInstances() {
    instances.clear();
    while (instances.size() < 2) {
      Announcement up = gateway.announced(InstanceState.UP);
      instances.put(up.address(), up);
    }
  }

  private Program run(Map<String, String> environment) {
    Program started = Program.start(folder.resolve("log"), environment, command());
    program = Optional.of(started);
    return started;
  }

  private static BridgeRules rules(int port) {
    return new BridgeRules(
        "127.0.0.1", port, Optional.of(TOKEN), Optional.empty(), Duration.ofSeconds(30));
  }

  private Item outcome(String address, JsonObject payload) {
    gateway.deliver(instances.get(address), payload.encode(), DELIVERY);
    return gateway.outcome();
  }

  private String printed() {
    return program.orElseThrow().printed();
  }

  private JsonObject waiting() {
    return payload("wait").put("for", folder.resolve("go").toString());
  }

  private void awaitBegun() {
    until(() -> Files.exists(folder.resolve("go.begun")));
  }

  private static void until(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private void go() throws Exception {
    Files.createFile(folder.resolve("go"));
  }

  private static JsonObject payload(String word) {
    return new JsonObject().put("do", word);
  }

  private static Item succeeded(String result) {
    return new Item(DELIVERY, 1, Verdict.SUCCEEDED, -1, result);
  }
}
