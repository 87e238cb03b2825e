package dev.usher.handler;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.usher.cluster.CleanEnd;
import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.DataFolder;
import dev.usher.cluster.Launch;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that runs one handler, from its options to its exit code. */
final class HandlerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerProcess.class);

  /** Longest wait of the {@code ready} line for a beacon; a gateway is not needed to be ready. */
  private static final long BEACON_WAIT_MS = 1_000;

  /** Longest time to leave the cluster, past the drain limit. */
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(10);

  private final HostedHandler handler;
  private final Settings settings;
  private final ClusterSettings cluster;
  private final RunSettings run;

  /** Held to the end of the process: the lock ends with it. */
  private final DataFolder folder;

  private HandlerProcess(HostedHandler handler, Launch launch) throws StartFailure {
    this.handler = handler;
    try {
      settings = handler.settings(launch.config(), System.getenv(), Map.of());
      cluster = ClusterSettings.from(settings);
      run = RunSettings.from(settings, handler.named());
    } catch (InvalidSettings | IllegalArgumentException | NoSuchElementException e) {
      throw new StartFailure(StartFailure.USAGE, String.valueOf(e.getMessage()));
    }
    folder = lock(launch.data(), handler.name());
  }

  /** Starts the process; returns when it is ready, and ends the JVM when it can't be. */
  static void start(HostedHandler handler, List<String> args) {
    if (args.contains("--help")) {
      System.out.print(usage(handler));
      return;
    }
    try {
      new HandlerProcess(handler, launch(args)).run();
    } catch (StartFailure failure) {
      System.err.println(handler.name() + ": " + failure.getMessage());
      System.exit(failure.exitCode());
    }
  }

  private static String usage(HostedHandler handler) {
    return "Runs the handler " + handler.name() + " until it is told to end.\n\n" + Launch.USAGE;
  }

  private static Launch launch(List<String> args) throws StartFailure {
    try {
      return Launch.parse(args);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(StartFailure.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static DataFolder lock(Path data, String name) throws StartFailure {
    try {
      return DataFolder.lock(data, name);
    } catch (IOException e) {
      throw new StartFailure(StartFailure.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void run() throws StartFailure {
    ClusterMember member = await("can't join the cluster", join());
    try {
      GatewayWatch watch = new GatewayWatch(cluster.seeds());
      await("can't listen for gateways", member.vertx().deployVerticle(watch));
      RunningHandler running = await("can't start", start(member));
      int gateways = await("can't count gateways", watch.countWithin(BEACON_WAIT_MS));
      Duration limit = running.drainLimit().plus(LEAVE_LIMIT);
      CleanEnd.of(member, () -> within(limit, running.stop()), this::left);
      ready(member, running, gateways);
    } catch (StartFailure failure) {
      leave(member);
      throw failure;
    }
  }

  private Future<ClusterMember> join() {
    return ClusterMember.join(cluster, "handler", new VertxOptions());
  }

  private Future<RunningHandler> start(ClusterMember member) {
    HandlerContext context = new HostedHandler.Given(member.vertx(), settings, folder.path());
    String deployment = System.getenv().getOrDefault("USHER_DEPLOYMENT", "");
    return handler.start(member.nodeId(), deployment, context, run, new DeploymentOptions());
  }

  private void ready(ClusterMember member, RunningHandler running, int gateways) {
    System.out.printf(
        Locale.ROOT,
        "ready handler=%s address=%s cluster=%s members=%d gateways=%d instance=%s%n",
        handler.announced(),
        handler.address(),
        cluster.name(),
        member.members().size(),
        gateways,
        running.instance());
    System.out.flush();
  }

  @CanIgnoreReturnValue
  private static <T> T await(String what, Future<T> future) throws StartFailure {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.debug("{}", what, cause);
      throw new StartFailure(
          StartFailure.FAILED, what + ": " + Reason.of(cause) + " (" + Reason.forLog(cause) + ")");
    }
  }

  private static void leave(ClusterMember member) {
    try {
      within(LEAVE_LIMIT, member.leave());
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      LOG.warn("did not leave the cluster cleanly: {}", Reason.of(e));
    }
  }

  private void left() throws IOException {
    folder.close();
    LOG.info("{} has left the cluster", handler.announced());
  }

  private static void within(Duration limit, Future<Void> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
