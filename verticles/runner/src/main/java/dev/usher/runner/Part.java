package dev.usher.runner;

import dev.usher.handler.RunningHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Something of an artefact that serves: a handler, or a verticle that is a handler without the kit.
 *
 * @param what what people see of it
 * @param address event-bus address that it serves; empty where only its own code knows
 * @param drainLimit longest time that stopping it may take by its own settings
 * @param turn done as soon as its event loop comes to it
 * @param end drains it and takes it away
 */
record Part(
    String what,
    String address,
    Duration drainLimit,
    Supplier<Future<Void>> turn,
    Supplier<Future<Void>> end) {

  private static final Duration VERTICLE_DRAIN_LIMIT = Duration.ofSeconds(10);

  static Part handler(String address, RunningHandler running) {
    String what = running.instance() + " at " + address;
    return new Part(what, address, running.drainLimit(), running::turn, running::stop);
  }

  /** Its event loop is known to Vert.x alone, which tells when it is blocked. */
  static Part verticle(String name, Vertx vertx, String deployment) {
    return new Part(
        "verticle " + name,
        "",
        VERTICLE_DRAIN_LIMIT,
        Future::succeededFuture,
        () -> vertx.undeploy(deployment));
  }

  /** Ends it. */
  Future<Void> stop() {
    return end.get();
  }
}
