package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.runner.fixture.HandlerJar;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No process of a handler outlives its runner, however that ends. */
@Timeout(180)
class OrphanIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 10_000_000;

  @TempDir Path folder;

  @Test
  void processesEndWithARunnerThatIsKilled() throws Exception {
    Process runner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OrphanIT.class.getName(),
                folder.toString())
            .redirectError(folder.resolve("log").toFile())
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(runner.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).as(Files.readString(folder.resolve("log"))).isEqualTo("ready");
      List<ProcessHandle> children = runner.children().toList();
      assertThat(children).as("Python, Node and Java").hasSize(3);

      Process unused = runner.destroyForcibly();

      assertThat(children).allSatisfy(OrphanIT::awaitEnd);
    } finally {
      runner.descendants().forEach(ProcessHandle::destroyForcibly);
      Process unused = runner.destroyForcibly();
    }
  }

  /** What a machine has not taken away yet, though it has ended, has no command any more. */
  private static void awaitEnd(ProcessHandle child) {
    long start = System.nanoTime();
    while (child.isAlive() && child.info().command().isPresent()) {
      assertThat(System.nanoTime() - start).as("waits").isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** A runner with a script in Python, one in JavaScript, and an isolated jar. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Path in = Files.createDirectories(folder.resolve("in"));
    ClusterSettings cluster = DeploymentsIn.cluster();
    ClusterMember member =
        ClusterMember.join(cluster, "runner", new VertxOptions())
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    Deployments deployments = DeploymentsIn.cluster(folder, member, cluster);
    deployments.deploy(
        "python",
        Files.writeString(
            in.resolve("a.py"),
            "from usher import handler\n@handler('signup.a')\ndef a(context): pass\n"));
    deployments.deploy(
        "node",
        Files.writeString(
            in.resolve("b.mjs"),
            "import { handler } from 'usher-handler';\nhandler('signup.b', () => null);\n"));
    deployments.deploy(
        "java",
        HandlerJar.greeting("c").write(in.resolve("c.jar")),
        new Terms(1, "java#1", "", Map.of(), true));
    System.out.println("ready");
    new CountDownLatch(1).await();
  }
}
