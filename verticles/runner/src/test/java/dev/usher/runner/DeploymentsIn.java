package dev.usher.runner;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Deployments of a test: everything of theirs is in one folder. */
final class DeploymentsIn {

  private DeploymentsIn() {}

  static Deployments folder(Path folder, Vertx vertx, Map<String, String> environment)
      throws IOException {
    return new Deployments(
        new Surroundings(
            vertx,
            "node-1",
            folder.resolve("config"),
            environment,
            new HandlerFolders(folder.resolve("data"))),
        folder.resolve("copies"));
  }

  static void close(Deployments deployments, Vertx vertx) throws InterruptedException {
    deployments.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
