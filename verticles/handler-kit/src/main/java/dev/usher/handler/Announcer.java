package dev.usher.handler;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.usher.wire.Addresses;
import dev.usher.wire.Announcement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/**
 * Tells the gateways about one instance: when it starts, at each change, every {@link
 * Announcement#EVERY_MS}, and whenever a gateway asks. For the instance's event loop.
 */
final class Announcer {

  private final Vertx vertx;
  private final Supplier<Announcement> present;

  Announcer(Vertx vertx, Supplier<Announcement> present) {
    this.vertx = vertx;
    this.present = present;
  }

  /** Announces from now on, until the instance is undeployed. */
  Future<Void> start() {
    return vertx
        .eventBus()
        .consumer(Addresses.GATEWAYS, message -> hear(message.body()))
        .completion()
        .compose(
            registered -> {
              vertx.setPeriodic(Announcement.EVERY_MS, timer -> announce());
              return announce();
            });
  }

  /**
   * Announces the present state; done when it is on the network. Never fails: where no gateway
   * listens nobody needs to know, and the one that comes will ask.
   */
  @CanIgnoreReturnValue
  Future<Void> announce() {
    JsonObject announcement = present.get().toJson();
    return vertx.eventBus().publisher(Addresses.HANDLERS).write(announcement).otherwiseEmpty();
  }

  private void hear(Object body) {
    if (body instanceof JsonObject json && Boolean.TRUE.equals(json.getValue("ask"))) {
      announce();
    }
  }
}
