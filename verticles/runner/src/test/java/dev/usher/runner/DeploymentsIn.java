package dev.usher.runner;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.PortRange;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Deployments of a test: everything of theirs is in one folder. */
final class DeploymentsIn {

  private static final String NODE = "node-1";
  private static final long MEMORY = 256 << 20;

  private DeploymentsIn() {}

  static Deployments folder(Path folder, Vertx vertx, Map<String, String> environment)
      throws IOException {
    return folder(folder, vertx, environment, "python3");
  }

  static Deployments folder(
      Path folder, Vertx vertx, Map<String, String> environment, String python) throws IOException {
    Processes processes =
        new Processes(
            new ProcessSettings(python, "node", MEMORY),
            new ScriptBridge(vertx, NODE),
            packages(folder),
            cluster(),
            List::of);
    return in(folder, vertx, NODE, environment, processes);
  }

  /** Those of a member of a cluster, for handlers that join it themselves. */
  static Deployments cluster(Path folder, ClusterMember member, ClusterSettings cluster)
      throws IOException {
    Processes processes =
        new Processes(
            new ProcessSettings("python3", "node", MEMORY),
            new ScriptBridge(member.vertx(), member.nodeId()),
            packages(folder),
            cluster,
            member::members);
    Map<String, String> environment = new HashMap<>(System.getenv());
    // They live for seconds: what is compiled best comes too late.
    environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    return in(folder, member.vertx(), member.nodeId(), environment, processes);
  }

  /** A cluster that nobody else is in. */
  static ClusterSettings cluster() {
    String name = "test-" + UUID.randomUUID();
    return new ClusterSettings(
        name, "127.0.0.1", new PortRange(0, 0), List.of("127.0.0.1:1"), Optional.empty(), 0);
  }

  private static Deployments in(
      Path folder, Vertx vertx, String node, Map<String, String> environment, Processes processes)
      throws IOException {
    HandlerFolders folders = new HandlerFolders(folder.resolve("data"));
    Path config = folder.resolve("config");
    return new Deployments(
        new Surroundings(
            vertx, node, ThreadingModel.EVENT_LOOP, config, environment, folders, processes),
        folder.resolve("copies"));
  }

  private static LanguagePackages packages(Path folder) {
    return new LanguagePackages(folder.resolve("languages"));
  }

  static void close(Deployments deployments, Vertx vertx) throws InterruptedException {
    deployments.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
