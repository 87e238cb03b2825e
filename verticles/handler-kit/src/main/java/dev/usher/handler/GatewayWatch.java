package dev.usher.handler;

import dev.usher.wire.Addresses;
import dev.usher.wire.Beacon;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for gateways, and says again and again when there is none: a handler alone in its cluster
 * would otherwise wait in silence. One for each process.
 */
public final class GatewayWatch extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayWatch.class);
  private static final long CHECK_MS = 1_000;

  private final List<String> seeds;
  private final GatewayPresence presence = new GatewayPresence(now());
  private final Promise<Integer> first = Promise.promise();

  /**
   * A watch to be deployed.
   *
   * @param seeds where the cluster was looked for, for the message
   */
  public GatewayWatch(List<String> seeds) {
    this.seeds = seeds;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(CHECK_MS, timer -> say(presence.check(now())));
    return vertx
        .eventBus()
        .consumer(Addresses.GATEWAYS, message -> hear(message.body()))
        .completion();
  }

  /** How many gateways there are, as soon as there is one; 0 after this wait. */
  public Future<Integer> countWithin(long ms) {
    return first
        .future()
        .timeout(ms, TimeUnit.MILLISECONDS)
        .recover(nobody -> Future.succeededFuture(0));
  }

  private void hear(Object body) {
    try {
      if (body instanceof JsonObject json) {
        say(presence.heard(Beacon.fromJson(json).gateway(), now()));
        first.tryComplete(presence.count());
      }
    } catch (ClassCastException notABeacon) {
      LOG.warn("drops a message that is no beacon: {}", notABeacon.getMessage());
    }
  }

  private void say(GatewayPresence.Notice notice) {
    switch (notice) {
      case NOTHING -> {}
      case FOUND -> LOG.info("gateway found");
      case ALONE ->
          LOG.warn("alone: no gateway at {}; check USHER_CLUSTER_MEMBERS", Seeds.text(seeds));
    }
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
