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

  @Test
  void swapsUnderLoadLoseNothingAndFailNothing() throws Exception {
    deploy(1, HandlerJar.greeting("v1").write(jar()));
    Announcement first = router.instances(ADDRESS).get(0);
    assertThat(first.node()).isNotEqualTo(member.nodeId());
    assertThat(first.deployment()).isEqualTo("greeter#1");
    assertThat(deployments.find("greeter").orElseThrow().addresses()).containsExactly(ADDRESS);

    router.load(ADDRESS, IN_FLIGHT);
    deploy(2, HandlerJar.greeting("v2").write(jar()));

    assertThat(router.lost()).isZero();
    assertThat(router.withoutInstance()).isZero();
    assertThat(router.cutOff()).isZero();
    assertThat(router.verdicts().keySet()).isSubsetOf(Verdict.SUCCEEDED, Verdict.REFUSED);
    assertThat(router.results()).containsKeys("\"v1\"", "\"v2\"");
  }

  @Test
  void handlerThatEndsItsProcessOrEatsItsMemoryHarmsOnlyItself() throws Exception {
    deploy(1, deadly().write(jar()));

    assertThat(outcome("exit").verdict()).isEqualTo(Verdict.FAILED);
    assertThat(router.cutOff()).isZero();
    assertThat(outcome("halt").text()).isEqualTo("\"survived halt\"");
    assertThat(outcome("grow").text()).isEqualTo("\"survived grow\"");
    assertThat(router.cutOff()).isEqualTo(2);
    assertThat(router.instances(ADDRESS)).hasSize(1);
  }

  @Test
  void verticleWithoutTheKitIsIsolatedToo() throws Exception {
    Path jar =
        new HandlerJar()
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
                """)
            .write(jar());
    deploy(1, jar);

    Object pid = await(member.vertx().eventBus().request("signup.plain", new JsonObject())).body();

    assertThat(pid).isInstanceOf(Long.class).isNotEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void oneThatDoesNotStartSaysWhyAndLeavesNothing() throws Exception {
    Path broken =
        new HandlerJar()
            .main("Tool")
            .source("Tool.java", "class Tool { public static void main(String[] a) {} }")
            .write(jar());

    assertThatThrownBy(() -> deploy(1, broken))
        .isInstanceOf(CannotDeploy.class)
        .hasMessageContaining("the main of Tool runs no handler");
    assertThat(deployments.names()).isEmpty();
    assertThat(folder.resolve("copies").toFile().list()).isEmpty();
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
                String how = signup.text("how");
                if (how.equals("exit")) { System.exit(3); }
                try {
                  Files.createFile(folder.resolve(how));
                } catch (FileAlreadyExistsException e) {
                  return "survived " + how;
                }
                if (how.equals("halt")) { Runtime.getRuntime().halt(3); }
                List<long[]> all = new ArrayList<>();
                while (true) { all.add(new long[1 << 20]); }
              }
              public static void main(String[] args) {
                Handlers.runBlocking("greeter", "signup.greeting", Greeter::new, args);
              }
            }
            """);
  }

  private Path jar() {
    return folder.resolve("in/greeter.jar");
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
