package dev.usher.gateway;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.Launch;
import dev.usher.runner.EmbeddedRunner;
import dev.usher.settings.InvalidSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the gateway runs hot-deployed handlers itself, if the settings want that. On threads of its
 * own: a handler that hangs when it starts holds up no start of a gateway, and no end.
 */
final class RunnerRoom {

  private static final Logger LOG = LoggerFactory.getLogger(RunnerRoom.class);

  private final Optional<EmbeddedRunner> runner;
  private final Optional<List<Path>> more;

  private RunnerRoom(Optional<EmbeddedRunner> runner, Optional<List<Path>> more) {
    this.runner = runner;
    this.more = more;
  }

  /** Where no handlers run. */
  static RunnerRoom none() {
    return new RunnerRoom(Optional.empty(), Optional.empty());
  }

  /**
   * One that runs nothing yet.
   *
   * @param more files that are deployed beside what the runner is told to, for whoever develops
   *     them
   * @throws InvalidSettings naming every problem of the runner's settings
   * @throws IOException when another runner has its data folder
   */
  static RunnerRoom of(
      ClusterMember member,
      ClusterSettings cluster,
      Launch launch,
      Map<String, String> environment,
      Optional<List<Path>> more)
      throws InvalidSettings, IOException {
    return new RunnerRoom(
        Optional.of(EmbeddedRunner.of(member, cluster, launch, environment)), more);
  }

  /** Starts what is deployed, without waiting for it unless somebody develops it. */
  Future<Void> open() {
    if (runner.isEmpty()) {
      return Future.succeededFuture();
    }
    EmbeddedRunner embedded = runner.get();
    if (more.isPresent()) {
      return on("start handlers", () -> start(embedded, more.get()));
    }
    var unused =
        on("start handlers", () -> start(embedded))
            .onSuccess(started -> LOG.info("the runner in this gateway runs {}", embedded.names()))
            .onFailure(failure -> LOG.error("the runner in this gateway does not run", failure));
    return Future.succeededFuture();
  }

  /** Drains the handlers and takes them away. */
  Future<Void> close() {
    return runner
        .map(embedded -> on("end handlers", () -> close(embedded)))
        .orElseGet(Future::succeededFuture);
  }

  /** What runs, where something does. */
  Optional<EmbeddedRunner> runner() {
    return runner;
  }

  private static @Nullable Void start(EmbeddedRunner embedded) throws Exception {
    embedded.start();
    return null;
  }

  private static @Nullable Void start(EmbeddedRunner embedded, List<Path> files) throws Exception {
    embedded.start(files);
    return null;
  }

  private static @Nullable Void close(EmbeddedRunner embedded) throws Exception {
    embedded.close();
    return null;
  }

  private static Future<Void> on(String thread, Callable<@Nullable Void> step) {
    Promise<Void> done = Promise.promise();
    Thread own =
        new Thread(
            () -> {
              try {
                done.complete(step.call());
              } catch (Exception e) {
                done.fail(e);
              }
            },
            thread);
    own.setDaemon(true);
    own.start();
    return done.future();
  }
}
