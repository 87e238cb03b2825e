package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.runner.fixture.HandlerJar;
import dev.usher.runner.fixture.Publisher;
import dev.usher.runner.fixture.Router;
import dev.usher.wire.Announcement;
import dev.usher.wire.Catalogue;
import dev.usher.wire.Catalogue.Entry;
import dev.usher.wire.HandlerVersion;
import dev.usher.wire.OutcomeFrame.Verdict;
import dev.usher.wire.RunnerReport;
import dev.usher.wire.RunnerReport.Item;
import dev.usher.wire.RunnerReport.Phase;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real handlers, deployed by catalogues that come over the event bus. */
@Timeout(120)
class DeployedHandlersIT {

  private static final String ADDRESS = "signup.greeting";
  private static final int IN_FLIGHT = 16;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private Router router;
  private Publisher gateway;
  private DeployedHandlers deployed;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(folder.resolve("in"));
    Files.createDirectories(folder.resolve("handlers"));
    router = Router.start(vertx);
    gateway = Publisher.start(vertx);
    deployed = deployed();
  }

  @AfterEach
  void close() throws Exception {
    deployed.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void versionIsFetchedStartedAndToldStepByStep() throws Exception {
    HandlerVersion one = greeting(1, "v1");

    gateway.publish(next(one));

    RunnerReport report = gateway.awaitReport(has(one, Phase.SERVING));
    assertThat(report.node()).isEqualTo("node-1");
    assertThat(report.items())
        .singleElement()
        .extracting(Item::addresses)
        .isEqualTo(List.of(ADDRESS));
    assertThat(gateway.phases(one)).containsSubsequence(Phase.STARTING, Phase.SERVING);
    assertThat(router.deliver(ADDRESS, "{}").text()).isEqualTo("\"v1\"");
    assertThat(router.instances(ADDRESS))
        .extracting(Announcement::deployment)
        .containsExactly("greeter#1");
  }

  @Test
  void nextVersionTakesThePlaceUnderLoadAndOneThatDoesNotStartLeavesIt() throws Exception {
    HandlerVersion one = greeting(1, "v1");
    HandlerVersion two = greeting(2, "v2");
    HandlerVersion broken = version(3, new HandlerJar().main("not.There"));
    gateway.publish(next(one));
    gateway.awaitReport(has(one, Phase.SERVING));
    router.load(ADDRESS, IN_FLIGHT);

    gateway.publish(of(one, two, Catalogue.WHOLE));
    gateway.awaitReport(has(two, Phase.SERVING).and(lacks(one)));
    gateway.publish(of(two, broken, Catalogue.WHOLE));
    RunnerReport report = gateway.awaitReport(has(broken, Phase.FAILED));

    assertThat(why(report, broken)).contains("it has no class not.There");
    assertThat(report.items()).anyMatch(item -> is(item, two, Phase.SERVING));
    assertThat(router.lost()).isZero();
    assertThat(router.withoutInstance()).isZero();
    assertThat(router.verdicts()).doesNotContainKeys(Verdict.FAILED, Verdict.REJECTED);
    assertThat(router.deliver(ADDRESS, "{}").text()).isEqualTo("\"v2\"");
    assertThat(gateway.log("node-1", "greeter"))
        .anyMatch(line -> line.startsWith("#3 ERROR it has no class not.There"));
  }

  @Test
  void canaryServesBesideAndThenAlone() throws Exception {
    HandlerVersion one = greeting(1, "v1");
    HandlerVersion two = greeting(2, "v2");
    gateway.publish(of(one, two, 10));
    gateway.awaitReport(has(one, Phase.SERVING).and(has(two, Phase.SERVING)));
    assertThat(router.instances(ADDRESS))
        .extracting(Announcement::deployment)
        .containsExactlyInAnyOrder("greeter#1", "greeter#2");

    gateway.publish(of(one, two, Catalogue.WHOLE));

    gateway.awaitReport(has(two, Phase.SERVING).and(lacks(one)));
    assertThat(router.instances(ADDRESS))
        .extracting(Announcement::deployment)
        .containsExactly("greeter#2");
  }

  @Test
  void settingsOfAVersionWinAndItsLogIsKept() throws Exception {
    HandlerJar jar =
        new HandlerJar()
            .main("greet.Greeter")
            .source(
                "greet/Greeter.java",
                """
                package greet;
                import dev.usher.handler.*;
                import org.slf4j.*;
                public final class Greeter {
                  public static void main(String[] args) {
                    Handlers.runBlocking("greeter", "signup.greeting", Greeter::make, args);
                  }
                  static BlockingSignupHandler make(HandlerContext context) {
                    Logger log = LoggerFactory.getLogger("greeter");
                    String greeting = context.settings().text("greeting");
                    log.info("says {}", greeting);
                    System.out.println("prints " + greeting);
                    return signup -> {
                      log.warn("said {}", greeting);
                      java.util.concurrent.CompletableFuture.runAsync(
                          () -> System.err.println("printed " + greeting)).join();
                      return greeting;
                    };
                  }
                }
                """);
    Path file = jar.write(in("greeter.jar"));
    HandlerVersion one = gateway.version("greeter", 1, file, Map.of("greeting", "Ave"));

    gateway.publish(next(one));
    gateway.awaitReport(has(one, Phase.SERVING));

    assertThat(router.deliver(ADDRESS, "{}").text()).isEqualTo("\"Ave\"");
    assertThat(gateway.log("node-1", "greeter"))
        .filteredOn(line -> line.endsWith(" Ave"))
        .containsExactly(
            "#1 INFO says Ave", "#1 INFO prints Ave", "#1 WARN said Ave", "#1 WARN printed Ave");
    assertThat(gateway.log("node-1", "nobody")).isEmpty();
  }

  @Test
  void scriptIsReportedLikeAnythingElseAndWhatItPrintsIsInItsLog() throws Exception {
    HandlerVersion one = script(1, "import os\nprint('one moment')\nprint(os.getpid())\n");
    HandlerVersion broken = script(2, "no_such_thing()\n");

    gateway.publish(next(one));
    RunnerReport report = gateway.awaitReport(has(one, Phase.SERVING));
    assertThat(report.items())
        .singleElement()
        .extracting(Item::addresses)
        .isEqualTo(List.of(ADDRESS));
    assertThat(gateway.log("node-1", "greeter")).contains("#1 INFO one moment");

    gateway.publish(of(one, broken, Catalogue.WHOLE));
    assertThat(why(gateway.awaitReport(has(broken, Phase.FAILED)), broken))
        .contains("greeter.py\", line 1", "NameError: name 'no_such_thing' is not defined");
    assertThat(router.instances(ADDRESS))
        .extracting(Announcement::deployment)
        .containsExactly("greeter#1");
    restarts(one);
  }

  /**
   * Until a process that ended serves again the report says that, why, and afterwards how often.
   */
  private void restarts(HandlerVersion version) throws Exception {
    long pid =
        gateway.log("node-1", "greeter").stream()
            .filter(line -> line.matches("#1 INFO \\d+"))
            .mapToLong(line -> Long.parseLong(line.substring("#1 INFO ".length())))
            .findFirst()
            .orElseThrow();

    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

    String ended = "its process ended by signal 9 (SIGKILL";
    assertThat(why(gateway.awaitReport(has(version, Phase.RESTARTING)), version))
        .startsWith(ended)
        .contains("; it is started again in 1 s");
    var unused =
        gateway.awaitReport(
            has(version, Phase.SERVING).and(report -> why(report, version).startsWith(ended)));
    router.awaitInstances(ADDRESS, "greeter#1");
  }

  @Test
  void catalogueWinsOverTheFolderUntilItLetsGo() throws Exception {
    Files.copy(HandlerJar.greeting("folder").write(in("greeter.jar")), inFolder());
    router.awaitInstances(ADDRESS, "greeter#0");
    HandlerVersion one = greeting(1, "v1");

    gateway.publish(next(one));
    gateway.awaitReport(has(one, Phase.SERVING));
    router.awaitInstances(ADDRESS, "greeter#1");

    gateway.publish();
    gateway.awaitReport(lacks(one));
    router.awaitInstances(ADDRESS, "greeter#0");
  }

  @Test
  void runnerThatStartsAgainWithoutAGatewayRunsWhatItKnew() throws Exception {
    HandlerVersion one = greeting(1, "v1");
    gateway.publish(next(one));
    gateway.awaitReport(has(one, Phase.SERVING));
    deployed.close();

    deployed = deployed();

    assertThat(deployed.names()).containsExactly("greeter");
    router.awaitInstances(ADDRESS, "greeter#1");
  }

  private DeployedHandlers deployed() throws Exception {
    Deployments deployments = DeploymentsIn.folder(folder, vertx, System.getenv());
    return DeployedHandlers.start(
        vertx,
        "node-1",
        deployments,
        new Places(
            folder.resolve("runner"), List.of(folder.resolve("handlers")), Duration.ofMillis(50)));
  }

  private HandlerVersion greeting(int number, String text) throws Exception {
    return version(number, HandlerJar.greeting(text));
  }

  private HandlerVersion version(int number, HandlerJar jar) throws Exception {
    Path file = jar.write(in("greeter.jar"));
    return gateway.version("greeter", number, file, Map.of());
  }

  private HandlerVersion script(int number, String first) throws Exception {
    String rest =
        """
        from usher import handler

        @handler("signup.greeting")
        def greeter(context):
            return "python"
        """;
    Path file = Files.writeString(in("greeter.py"), first + rest);
    return gateway.version("greeter", number, file, Map.of());
  }

  private Path in(String name) {
    return folder.resolve("in").resolve(name);
  }

  private Path inFolder() {
    return folder.resolve("handlers/greeter.jar");
  }

  private static Predicate<RunnerReport> has(HandlerVersion version, Phase phase) {
    return report -> report.items().stream().anyMatch(item -> is(item, version, phase));
  }

  private static Predicate<RunnerReport> lacks(HandlerVersion version) {
    return report ->
        Arrays.stream(Phase.values()).noneMatch(phase -> has(version, phase).test(report));
  }

  private static boolean is(Item item, HandlerVersion version, Phase phase) {
    return item.name().equals(version.name())
        && item.number() == version.number()
        && item.phase() == phase;
  }

  private static String why(RunnerReport report, HandlerVersion version) {
    return report.items().stream()
        .filter(item -> item.number() == version.number())
        .map(Item::why)
        .findFirst()
        .orElseThrow();
  }

  private static Entry next(HandlerVersion version) {
    return new Entry(Optional.empty(), Optional.of(version), Catalogue.WHOLE);
  }

  private static Entry of(HandlerVersion current, HandlerVersion next, int share) {
    return new Entry(Optional.of(current), Optional.of(next), share);
  }
}
