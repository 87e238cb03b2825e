package dev.usher.runner;

import dev.usher.cluster.CleanEnd;
import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.Launch;
import dev.usher.handler.GatewayWatch;
import dev.usher.settings.InvalidSettings;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that runs the handlers of a folder, from its options to its exit code. */
public final class Runner {

  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final String NAME = Ground.NAME;
  private static final int USAGE = 2;
  private static final int FAILED = 1;
  private static final long BEACON_WAIT_MS = 1_000;

  private final Ground ground;

  private Runner(Ground ground) {
    this.ground = ground;
  }

  /** Runs it until it is told to end. */
  public static void main(String[] args) {
    if (List.of(args).contains("--help")) {
      System.out.print(usage());
      return;
    }
    try {
      new Runner(Ground.of(Launch.parse(List.of(args)), System.getenv())).run();
    } catch (InvalidSettings | IllegalArgumentException | NoSuchElementException e) {
      exit(USAGE, e);
    } catch (IOException | InterruptedException | CompletionException e) {
      exit(FAILED, e);
    }
  }

  private static String usage() {
    return """
    Runs the handlers that the gateway has deployed, and those in the files of a folder (.jar,
    .java, .groovy, .py, .mjs, .js), until it is told to end: a file put there is deployed, a changed
    one takes the place of the old one without losing a delivery, that of a removed one is
    undeployed. The folder is DIR/runner/handlers of --data DIR, or the setting handlers.dir.

    """
        + Launch.USAGE;
  }

  private static void exit(int code, Exception why) {
    Throwable cause =
        why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
    LOG.debug("does not run", cause);
    System.err.println(NAME + ": " + cause.getMessage());
    System.exit(code);
  }

  private void run() throws IOException, InterruptedException {
    ClusterSettings cluster = ground.settings().cluster();
    VertxOptions options = new VertxOptions().setWorkerPoolSize(1);
    ClusterMember member = Await.result(ClusterMember.join(cluster, NAME, options));
    GatewayWatch watch = new GatewayWatch(cluster.seeds());
    Await.result(member.vertx().deployVerticle(watch));
    RunnerBridge bridge = Await.result(RunnerBridge.open(member, ground.settings().bridge()));
    Deployments deployments = Deployments.of(member, cluster, ground, ThreadingModel.EVENT_LOOP);
    Places places = Places.of(ground.folder().path(), List.of(ground.handlers()));
    DeployedHandlers deployed =
        DeployedHandlers.start(member.vertx(), member.nodeId(), deployments, places);
    CleanEnd.of(member, () -> drain(deployed, bridge), this::left);
    int gateways = Await.result(watch.countWithin(BEACON_WAIT_MS));
    ready(member, gateways, deployed, bridge);
  }

  private static void drain(DeployedHandlers deployed, RunnerBridge bridge)
      throws InterruptedException {
    Future<Void> drained = bridge.close();
    deployed.close();
    Await.result(drained);
  }

  private void ready(
      ClusterMember member, int gateways, DeployedHandlers deployed, RunnerBridge bridge)
      throws IOException {
    // In one piece: what reads the log may look at any moment.
    String line =
        String.format(
            Locale.ROOT,
            "ready runner cluster=%s members=%d gateways=%d deployed=%s%s folder=%s",
            ground.settings().cluster().name(),
            member.members().size(),
            gateways,
            String.join(",", deployed.names()),
            bridge.place().map(place -> " bridge=" + place).orElse(""),
            ground.handlers());
    System.out.println(line);
    System.out.flush();
  }

  private void left() throws IOException {
    ground.folder().close();
    LOG.info("the runner has left the cluster");
  }
}
