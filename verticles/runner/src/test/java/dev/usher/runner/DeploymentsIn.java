package dev.usher.runner;

import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.PortRange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Deployments of a test: everything of theirs is in one folder. */
final class DeploymentsIn {

  private DeploymentsIn() {}

  static Deployments folder(Path folder, Vertx vertx, Map<String, String> environment)
      throws IOException {
    return folder(folder, vertx, environment, "python3");
  }

  static Deployments folder(
      Path folder, Vertx vertx, Map<String, String> environment, String python) throws IOException {
    return new Deployments(
        new Surroundings(
            vertx,
            "node-1",
            folder.resolve("config"),
            environment,
            new HandlerFolders(folder.resolve("data")),
            processes(folder, vertx, python)),
        folder.resolve("copies"));
  }

  private static Processes processes(Path folder, Vertx vertx, String python) {
    ClusterSettings cluster =
        new ClusterSettings(
            "usher", "127.0.0.1", new PortRange(0, 0), List.of(), Optional.empty(), 0);
    return new Processes(
        new ProcessSettings(python, "node", 256 << 20),
        new ScriptBridge(vertx, "node-1"),
        new LanguagePackages(folder.resolve("languages")),
        cluster,
        List::of);
  }

  static void close(Deployments deployments, Vertx vertx) throws InterruptedException {
    deployments.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
