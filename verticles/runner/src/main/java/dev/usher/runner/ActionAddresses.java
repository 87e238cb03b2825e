package dev.usher.runner;

import dev.usher.wire.Addresses;
import dev.usher.wire.Beacon;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of the actions in force, as the gateway says them in its beacons. While there is no
 * gateway they are those that were said last, and none before the first one.
 */
final class ActionAddresses implements Supplier<Set<String>> {

  private static final Logger LOG = LoggerFactory.getLogger(ActionAddresses.class);

  private volatile Set<String> said = Set.of();

  private ActionAddresses() {}

  /** Done when beacons are heard. */
  static Future<ActionAddresses> of(Vertx vertx) {
    ActionAddresses addresses = new ActionAddresses();
    return vertx
        .eventBus()
        .consumer(Addresses.GATEWAYS, message -> addresses.hear(message.body()))
        .completion()
        .map(addresses);
  }

  @Override
  public Set<String> get() {
    return said;
  }

  private void hear(Object body) {
    try {
      if (body instanceof JsonObject json) {
        said = Beacon.fromJson(json).addresses();
      }
    } catch (RuntimeException notABeacon) {
      LOG.warn("drops a message that is no beacon: {}", notABeacon.toString());
    }
  }
}
