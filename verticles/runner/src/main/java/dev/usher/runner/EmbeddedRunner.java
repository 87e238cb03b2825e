package dev.usher.runner;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.Launch;
import dev.usher.settings.InvalidSettings;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A runner inside another process of the cluster, with the settings and the data folder that its
 * own process would have. Its handlers run on worker threads of their own and never on an event
 * loop, so that one that blocks does not hold up that process.
 */
public final class EmbeddedRunner {

  /** A person who has just changed a file is waiting. */
  private static final Duration SOON = Duration.ofMillis(200);

  private final ClusterMember member;
  private final Ground ground;
  private final Deployments deployments;
  private @Nullable DeployedHandlers deployed;
  private @Nullable RunnerBridge bridge;

  private EmbeddedRunner(ClusterMember member, Ground ground, Deployments deployments) {
    this.member = member;
    this.ground = ground;
    this.deployments = deployments;
  }

  /**
   * Reads its settings and locks its folder; runs nothing yet.
   *
   * @param cluster how the process joined its cluster
   * @throws InvalidSettings naming every problem
   * @throws IOException when the folder can't be used
   */
  public static EmbeddedRunner of(
      ClusterMember member, ClusterSettings cluster, Launch launch, Map<String, String> environment)
      throws InvalidSettings, IOException {
    Ground ground = Ground.of(launch, environment);
    return new EmbeddedRunner(
        member, ground, Deployments.of(member, cluster, ground, ThreadingModel.WORKER));
  }

  /** Starts what is deployed, and follows what will be; returns once that has started. Blocks. */
  public void start() throws IOException, InterruptedException {
    start(Places.of(ground.folder().path(), List.of(ground.handlers())));
  }

  /** The same with more files, and folders of files, that are looked at several times a second. */
  public void start(List<Path> more) throws IOException, InterruptedException {
    List<Path> handlers = new ArrayList<>(more);
    handlers.add(ground.handlers());
    start(new Places(ground.folder().path(), handlers, SOON));
  }

  /** Whether the calling thread runs for a handler. */
  public static boolean isHandlersThread() {
    return ArtefactLoader.ofThread().isPresent();
  }

  /** The names under which something serves, in order. */
  public synchronized List<String> names() {
    return deployed == null ? List.of() : deployed.names();
  }

  /** The event-bus addresses that what is called so serves, as far as they are known. */
  public synchronized List<String> addresses(String name) {
    return deployed == null ? List.of() : deployed.addresses(name);
  }

  /** Drains what runs and takes it away. Blocks. */
  public void close() throws IOException, InterruptedException {
    Future<Void> drained = drainBridge();
    DeployedHandlers running = running();
    if (running != null) {
      running.close();
    }
    Await.result(drained);
    ground.folder().close();
  }

  private void start(Places places) throws IOException, InterruptedException {
    DeployedHandlers started =
        DeployedHandlers.start(member.vertx(), member.nodeId(), deployments, places);
    synchronized (this) {
      deployed = started;
    }
    RunnerBridge opened = Await.result(RunnerBridge.open(member, ground.settings().bridge()));
    synchronized (this) {
      bridge = opened;
    }
  }

  private synchronized Future<Void> drainBridge() {
    return bridge == null ? Future.succeededFuture() : bridge.close();
  }

  private synchronized @Nullable DeployedHandlers running() {
    return deployed;
  }
}
