package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.runner.fixture.HandlerJar;
import dev.usher.runner.fixture.Router;
import dev.usher.wire.Announcement;
import dev.usher.wire.OutcomeFrame.Item;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jars that run in processes of their own, which join the cluster themselves. */
@Timeout(180)
class IsolatedIT {

  private static final String ADDRESS = "signup.greeting";
  private static final int IN_FLIGHT = 16;

  @TempDir Path folder;

  private ClusterMember member;
  private Router router;
  private Deployments deployments;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(folder.resolve("in"));
    ClusterSettings cluster = DeploymentsIn.cluster();
    member = await(ClusterMember.join(cluster, "runner", new VertxOptions()));
    router = Router.start(member.vertx());
    member.onMembership(joined -> {}, router::left);
    deployments = DeploymentsIn.cluster(folder, member, cluster);
  }

  @AfterEach
  void close() throws InterruptedException {
    DeploymentsIn.close(deployments, member.vertx());
  }

  /** One story: each start of a process that joins a cluster takes seconds. */
  @Test
  void isolatedVersionsHarmOnlyThemselvesAndAreReplacedUnderLoad() throws Exception {
    isRefusedWithItsOwnErrorAndLeavesNothing();
    Future<Version> verticle = deployAside("plain", plain().write(jar("plain")));
    deploy(2, deadly().write(jar("greeter")));
    announcesThatItIsAProcessOfItsOwn();
    callsExitOrEatsItsMemoryAndServesAgain();
    isReplacedUnderLoad();
    assertThat(await(verticle).addresses()).isEmpty();
    verticleWithoutTheKitServesInAProcessOfItsOwn();
  }

  private void isRefusedWithItsOwnErrorAndLeavesNothing() throws Exception {
    Path broken =
        new HandlerJar()
            .main("Tool")
            .source("Tool.java", "class Tool { public static void main(String[] a) {} }")
            .write(jar("greeter"));

    assertThatThrownBy(() -> deploy(1, broken))
        .isInstanceOf(CannotDeploy.class)
        .hasMessageContaining("the main of Tool runs no handler");
    assertThat(deployments.names()).isEmpty();
    assertThat(folder.resolve("copies").toFile().list()).isEmpty();
    assertThat(member.nodes()).as("it has left the cluster").containsExactly(member.nodeId());
  }

  private void announcesThatItIsAProcessOfItsOwn() throws Exception {
    router.awaitInstances(ADDRESS, "greeter#2");
    Announcement instance = router.instances(ADDRESS).get(0);
    assertThat(instance.node()).isNotEqualTo(member.nodeId());
    assertThat(deployments.find("greeter").orElseThrow().addresses()).containsExactly(ADDRESS);
  }

  private void callsExitOrEatsItsMemoryAndServesAgain() {
    assertThat(outcome("exit").verdict()).isEqualTo(Verdict.FAILED);
    assertThat(router.cutOff()).isZero();
    assertThat(outcome("grow").text()).isEqualTo("\"survived grow\"");
    assertThat(router.cutOff()).isOne();
    assertThat(router.instances(ADDRESS)).hasSize(1);
  }

  private void isReplacedUnderLoad() throws Exception {
    int cutOff = router.cutOff();
    int without = router.withoutInstance();
    router.load(ADDRESS, IN_FLIGHT);
    deploy(3, HandlerJar.greeting("v3").write(jar("greeter")));

    assertThat(router.lost()).isZero();
    assertThat(router.withoutInstance()).isEqualTo(without);
    assertThat(router.cutOff()).isEqualTo(cutOff);
    assertThat(router.verdicts())
        .as("but for the attempt that called exit")
        .containsEntry(Verdict.FAILED, 1);
    assertThat(router.verdicts()).doesNotContainKey(Verdict.REJECTED);
    assertThat(router.results()).containsKeys("\"v2\"", "\"v3\"");
  }

  private void verticleWithoutTheKitServesInAProcessOfItsOwn() {
    Object pid = await(member.vertx().eventBus().request("signup.plain", new JsonObject())).body();

    assertThat(pid).isInstanceOf(Long.class).isNotEqualTo(ProcessHandle.current().pid());
  }

  private static HandlerJar plain() {
    return new HandlerJar()
        .attribute("Main-Verticle", "plain.Plain")
        .source(
            "plain/Plain.java",
            """
            package plain;
            import io.vertx.core.*;
            public final class Plain extends VerticleBase {
              @Override public Future<?> start() {
                return vertx.eventBus().consumer("signup.plain", m -> m.reply(
                    ProcessHandle.current().pid())).completion();
              }
            }
            """);
  }

  /** Does once what the payload says, then no more. */
  private static HandlerJar deadly() {
    return new HandlerJar()
        .main("greet.Greeter")
        .source(
            "greet/Greeter.java",
            """
            package greet;
            import dev.usher.handler.*;
            import java.nio.file.*;
            import java.util.*;
            public final class Greeter implements BlockingSignupHandler {
              private final Path folder;
              Greeter(HandlerContext context) { folder = context.data(); }
              @Override public Object handle(Signup signup) throws Exception {
                String how = signup.find("how").orElse("");
                if (how.isEmpty()) { return "v2"; }
                if (how.equals("exit")) { System.exit(3); }
                try {
                  Files.createFile(folder.resolve(how));
                } catch (FileAlreadyExistsException e) {
                  return "survived " + how;
                }
                List<long[]> all = new ArrayList<>();
                while (true) { all.add(new long[1 << 20]); }
              }
              public static void main(String[] args) {
                Handlers.runBlocking("greeter", "signup.greeting", Greeter::new, args);
              }
            }
            """);
  }

  private Path jar(String name) {
    return folder.resolve("in").resolve(name + ".jar");
  }

  private Future<Version> deployAside(String name, Path file) {
    Terms terms = new Terms(1, name + "#1", "", Map.of(), true);
    return member.vertx().executeBlocking(() -> deployments.deploy(name, file, terms), false);
  }

  private void deploy(int number, Path file) throws Exception {
    Terms terms = new Terms(number, "greeter#" + number, "", Map.of(), true);
    assertThat(deployments.deploy("greeter", file, terms).artefact().terms()).isEqualTo(terms);
  }

  private Item outcome(String how) {
    return router.deliver(ADDRESS, new JsonObject().put("how", how).encode());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
