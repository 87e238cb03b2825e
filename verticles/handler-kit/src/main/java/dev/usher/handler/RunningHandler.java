package dev.usher.handler;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** A handler that serves, until it is stopped. */
public final class RunningHandler {

  private final Vertx vertx;
  private final HandlerInstance instance;
  private final Duration drainLimit;
  private final String deployment;
  private final List<String> notices;

  RunningHandler(
      Vertx vertx,
      HandlerInstance instance,
      Duration drainLimit,
      String deployment,
      List<String> notices) {
    this.vertx = vertx;
    this.instance = instance;
    this.drainLimit = drainLimit;
    this.deployment = deployment;
    this.notices = List.copyOf(notices);
  }

  /** Id of its instance, unique for ever. */
  public String instance() {
    return instance.id();
  }

  /**
   * Done as soon as its event loop comes to it: one that takes seconds is held up by code that
   * blocks.
   */
  public Future<Void> turn() {
    return instance.turn();
  }

  /** Longest time that {@link #stop} waits for deliveries in flight; then they are left. */
  public Duration drainLimit() {
    return drainLimit.multipliedBy(1 + notices.size());
  }

  /**
   * Drains it and takes it away: says that it drains, refuses what comes, finishes what it has, and
   * says that it is down. To be called once.
   */
  public Future<Void> stop() {
    // Notices first: they end up in the handler that the other instance then stops.
    Future<Void> before =
        notices.isEmpty() ? Future.succeededFuture() : vertx.undeploy(notices.get(0));
    return before.eventually(() -> vertx.undeploy(deployment));
  }
}
