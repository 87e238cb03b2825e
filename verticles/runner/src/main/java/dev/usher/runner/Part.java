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
 * @param drainLimit longest time that stopping it may take by its own settings
 * @param end drains it and takes it away
 */
record Part(String what, Duration drainLimit, Supplier<Future<Void>> end) {

  private static final Duration VERTICLE_DRAIN_LIMIT = Duration.ofSeconds(10);

  static Part handler(String address, RunningHandler running) {
    return new Part(running.instance() + " at " + address, running.drainLimit(), running::stop);
  }

  static Part verticle(String name, Vertx vertx, String deployment) {
    return new Part("verticle " + name, VERTICLE_DRAIN_LIMIT, () -> vertx.undeploy(deployment));
  }

  /** Ends it. */
  Future<Void> stop() {
    return end.get();
  }
}
