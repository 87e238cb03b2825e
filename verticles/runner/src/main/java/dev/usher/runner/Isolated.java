package dev.usher.runner;

import dev.usher.cluster.CleanEnd;
import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.Launch;
import dev.usher.handler.GatewayWatch;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import dev.usher.wire.HandlerVersion;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that runs one version as its runner would, and ends when that runner tells it to or is
 * gone itself. {@link Isolation} says what it is given.
 */
final class Isolated {

  /** The variable with what is to run: a {@link HandlerVersion}. */
  static final String VERSION = "USHER_DEPLOYMENT_VERSION";

  private static final Logger LOG = LoggerFactory.getLogger(Isolated.class);
  private static final int FAILED = 1;
  private static final long LEAVE_SECONDS = 5;

  private Isolated() {}

  /** Runs a file, the last argument, until it is told to end. */
  public static void main(String[] args) {
    followToTheEnd();
    try {
      run(List.of(args));
    } catch (CannotDeploy
        | InvalidSettings
        | IllegalArgumentException
        | NoSuchElementException
        | IOException
        | CompletionException e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      LOG.debug("does not run", cause);
      System.err.println(cause.getMessage());
      Runtime.getRuntime().halt(FAILED);
    }
  }

  /**
   * The runner holds the other end of standard input and never writes to it, so it ends with the
   * runner, however that ends.
   */
  private static void followToTheEnd() {
    Thread thread = new Thread(Isolated::awaitEndOfRunner, "end of the runner");
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitEndOfRunner() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is written to it.
      }
    } catch (IOException e) {
      LOG.debug("standard input", e);
    }
    System.exit(0);
  }

  private static void run(List<String> args) throws CannotDeploy, InvalidSettings, IOException {
    int last = args.size() - 1;
    Launch launch = Launch.parse(args.subList(0, last));
    Path file = Path.of(args.get(last));
    HandlerVersion version = HandlerVersion.fromJson(new JsonObject(System.getenv(VERSION)));
    Settings settings = Settings.load("runner", launch.config(), System.getenv());
    ClusterSettings cluster = ClusterSettings.from(settings);
    VertxOptions options = new VertxOptions().setWorkerPoolSize(1);
    ClusterMember member = Await.result(ClusterMember.join(cluster, "handler", options));
    try {
      Await.result(member.vertx().deployVerticle(new GatewayWatch(cluster.seeds())));
      Deployments deployments =
          Deployments.of(
              member,
              cluster,
              launch,
              ProcessSettings.from(settings, ""),
              file.resolveSibling("process"));
      Version started = deployments.deploy(version.name(), file, Terms.of(version));
      CleanEnd.of(member, deployments::close, () -> {});
      ready(version.name(), started.parts());
    } catch (CannotDeploy | IOException | RuntimeException e) {
      leave(member);
      throw e;
    }
  }

  /** Members that vanish without a word are looked for, by all others. */
  private static void leave(ClusterMember member) {
    try {
      member.leave().toCompletionStage().toCompletableFuture().get(LEAVE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      LOG.debug("did not leave the cluster cleanly", e);
    }
  }

  private static void ready(String name, List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      System.out.printf(
          Locale.ROOT,
          "ready handler=%s address=%s serving=%d/%d drain=%s%n",
          name,
          part.address(),
          i + 1,
          parts.size(),
          part.drainLimit());
    }
    System.out.flush();
  }
}
