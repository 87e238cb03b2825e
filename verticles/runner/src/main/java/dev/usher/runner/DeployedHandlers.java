package dev.usher.runner;

import dev.usher.runner.catalogue.ArtefactFiles;
import dev.usher.runner.catalogue.BusPieces;
import dev.usher.runner.catalogue.CatalogueFile;
import dev.usher.runner.catalogue.Follower;
import dev.usher.runner.catalogue.GatewayLink;
import dev.usher.runner.catalogue.Progress;
import dev.usher.wire.Addresses;
import dev.usher.wire.Catalogue;
import dev.usher.wire.RunnerReport;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handlers that are deployed into this process: those of a folder, and those of the gateway's
 * catalogue, with their logs and what is reported of them.
 */
final class DeployedHandlers {

  private static final Logger LOG = LoggerFactory.getLogger(DeployedHandlers.class);

  private final Vertx vertx;
  private final String node;
  private final Places places;
  private final Deployments deployments;
  private final HandlersFolder files;
  private final Follower follower;
  private final Progress progress;
  private final ToldProgress told;
  private final GatewayLink link;
  private final HandlerLogs logs = new HandlerLogs();
  private final LogTap tap = LogTap.into(logs);
  private final OutputTap outputTap = OutputTap.into(logs);
  private final HangWatch hangs = new HangWatch(System::nanoTime);
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(DeployedHandlers::lookThread);

  private DeployedHandlers(Vertx vertx, String node, Deployments deployments, Places places)
      throws IOException {
    this.places = places;
    this.vertx = vertx;
    this.node = node;
    this.deployments = deployments;
    this.link = new GatewayLink(this::hear, this::report);
    this.progress = new Progress(link::changed);
    this.told = new ToldProgress(progress, logs);
    this.follower =
        new Follower(
            new ArtefactFiles(places.own().resolve("artefacts"), new BusPieces(vertx)),
            new OwnStage(deployments, logs),
            progress,
            new CatalogueFile(places.own().resolve("catalogue.json")));
    this.files = new HandlersFolder(places.handlers(), deployments, follower::has);
  }

  /**
   * Starts what is in the folder, and what the catalogue had when it was heard last; then follows
   * both. Returns once those have started, or failed; blocks.
   *
   * @param node node id of that Vert.x
   */
  static DeployedHandlers start(Vertx vertx, String node, Deployments deployments, Places places)
      throws IOException, InterruptedException {
    // A jar that stays open in the cache of its URLs would not be let go of.
    URLConnection.setDefaultUseCaches("jar", false);
    Threads.startAll(vertx);
    DeployedHandlers deployed = new DeployedHandlers(vertx, node, deployments, places);
    deployed.start();
    return deployed;
  }

  /** The names under which something serves, in order. */
  List<String> names() {
    return deployments.names();
  }

  /** The event-bus addresses that what is called so serves, as far as they are known. */
  List<String> addresses(String name) {
    return deployments.find(name).map(Version::addresses).orElse(List.of());
  }

  /** What the handlers have logged. */
  HandlerLogs logs() {
    return logs;
  }

  /** Drains all of them and takes them away. */
  void close() throws InterruptedException {
    follower.close();
    looks.shutdown();
    deployments.close();
    outputTap.close();
    tap.close();
  }

  private void start() throws InterruptedException {
    Await.result(vertx.deployVerticle(link));
    Await.result(
        vertx.eventBus().consumer(Addresses.logs(node), new LogAnswers(logs)::answer).completion());
    deployments.listen(told);
    follower.remember();
    files.look();
    if (!files.isSettled()) {
      Await.result(vertx.timer(places.every().toMillis()));
      files.look();
    }
    files.settle();
    follower.settle();
    every(files::look);
    every(this::lookForHanging);
  }

  private void hear(Catalogue catalogue) {
    if (!looks.isShutdown()) {
      looks.execute(() -> attempt(() -> follow(catalogue)));
    }
  }

  private void follow(Catalogue catalogue) {
    follower.follow(catalogue);
    files.leave(catalogue.handlers().stream().map(Catalogue.Entry::name).toList());
  }

  private RunnerReport report() {
    Optional<Catalogue> followed = follower.catalogue();
    return new RunnerReport(
        node,
        Name.OF_PROCESS,
        followed.map(Catalogue::gateway).orElse(""),
        followed.map(Catalogue::revision).orElse(0L),
        progress.items());
  }

  private void lookForHanging() {
    List<Version> versions = deployments.versions();
    hangs.look(versions.stream().flatMap(version -> version.parts().stream()).toList());
    versions.forEach(
        version -> told.hangs(version, version.parts().stream().anyMatch(hangs::hangs)));
  }

  private void every(Runnable look) {
    var unused =
        looks.scheduleWithFixedDelay(
            () -> attempt(look),
            places.every().toMillis(),
            places.every().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** One that throws would be the last one. */
  private static void attempt(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      LOG.error("a look at the handlers failed; the next one follows", e);
    }
  }

  private static Thread lookThread(Runnable looks) {
    Thread thread = new Thread(looks, "handlers");
    thread.setDaemon(true);
    return thread;
  }

  /** Asked for once: the name of a host may have to be looked up. */
  private static final class Name {
    private static final String OF_PROCESS = host() + ":" + ProcessHandle.current().pid();

    private static String host() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException nameless) {
        return "localhost";
      }
    }
  }
}
