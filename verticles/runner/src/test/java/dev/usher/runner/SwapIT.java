package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.runner.fixture.HandlerJar;
import dev.usher.runner.fixture.Router;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Version after version in the place of the one before, under load. {@code -Dswaps=200} makes it
 * long.
 */
@Timeout(600)
class SwapIT {

  private static final int SWAPS = Integer.getInteger("swaps", 9);
  private static final int IN_FLIGHT = 64;
  private static final String ADDRESS = "signup.greeting";

  /** What the JVM itself adds while it warms up; versions that stay add more in a long run. */
  private static final long METASPACE_NOISE_BYTES = 2_000_000;

  @TempDir Path folder;

  private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private Router router;
  private Deployments deployments;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(folder.resolve("in"));
    Threads.startAll(vertx);
    router = Router.start(vertx);
    deployments = DeploymentsIn.folder(folder, vertx, Map.of());
  }

  @AfterEach
  void close() throws Exception {
    DeploymentsIn.close(deployments, vertx);
  }

  @Test
  void swapsUnderLoadLoseNothingFailNothingAndLeaveNoClassBehind() throws Exception {
    List<WeakReference<ClassLoader>> before = new ArrayList<>();
    before.add(deploy(0));
    router.load(ADDRESS, IN_FLIGHT);
    long warm = 0;
    for (int version = 1; version <= SWAPS; version++) {
      before.add(deploy(version));
      if (version == SWAPS / 3) {
        awaitCollected(before.subList(0, version));
        warm = metaspace();
      }
    }

    assertThat(router.lost()).isZero();
    assertThat(router.withoutInstance()).isZero();
    assertThat(router.verdicts()).containsOnlyKeys(served());
    assertThat(router.results().keySet())
        .as("each version has served")
        .filteredOn(result -> result.startsWith("\"v"))
        .hasSize(SWAPS + 1);
    awaitCollected(before.subList(0, SWAPS));
    assertThat(metaspace() - warm).isLessThan(METASPACE_NOISE_BYTES);
    System.out.println(
        SWAPS + " swaps: " + router.verdicts() + ", metaspace +" + (metaspace() - warm) + " bytes");
  }

  private Verdict[] served() {
    return router.verdicts().containsKey(Verdict.REFUSED)
        ? new Verdict[] {Verdict.SUCCEEDED, Verdict.REFUSED}
        : new Verdict[] {Verdict.SUCCEEDED};
  }

  private WeakReference<ClassLoader> deploy(int version) throws Exception {
    Path jar = folder.resolve("in/greeter.jar");
    Version deployed = deployments.deploy("greeter", HandlerJar.greeting("v" + version).write(jar));
    return new WeakReference<>(((Classes) deployed.program()).loader(), collected);
  }

  private void awaitCollected(List<WeakReference<ClassLoader>> loaders)
      throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (left(loaders) > 0 && System.nanoTime() < limit) {
      System.gc();
      Reference<?> unused = collected.remove(50);
    }
    assertThat(left(loaders)).as("class loaders of versions that are gone").isZero();
  }

  private static long left(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
