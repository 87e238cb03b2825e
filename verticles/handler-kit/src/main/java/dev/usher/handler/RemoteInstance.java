package dev.usher.handler;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A handler of another program, announced by this process as an instance like any other: what is
 * delivered to it goes to a {@link SignupHandler} that passes it on. For bridges.
 */
public final class RemoteInstance {

  private final HandlerInstance instance;
  private final Future<String> deployment;
  private volatile boolean isLeaving;

  /**
   * What is announced of it.
   *
   * @param node Vert.x node id of this process
   * @param address shared event-bus address that it serves
   * @param handler its name, for people
   * @param version its version, for people
   * @param deployment {@link dev.usher.wire.HandlerVersion#id} of a hot-deployed one; empty
   *     otherwise
   * @param language what it is written in
   * @param slots deliveries it takes at once; more are refused
   */
  public record Description(
      String node,
      String address,
      String handler,
      String version,
      String deployment,
      String language,
      int slots) {}

  private RemoteInstance(HandlerInstance instance, Future<String> deployment) {
    this.instance = instance;
    this.deployment = deployment;
  }

  /**
   * Registers and announces it.
   *
   * @param handler passes deliveries on; called on an event loop of the instance
   * @param drainLimit longest wait for what is in flight when it drains
   */
  public static RemoteInstance start(
      Vertx vertx, Description description, SignupHandler handler, Duration drainLimit) {
    HandlerInstance instance =
        new HandlerInstance(
            new HandlerDescription(
                description.node,
                description.address,
                description.handler,
                description.deployment,
                OptionalInt.of(description.slots)),
            new HandlerInstance.Code(description.version, description.language),
            () -> handler,
            drainLimit);
    return new RemoteInstance(instance, vertx.deployVerticle(instance));
  }

  /** Its id, unique for ever. */
  public String id() {
    return instance.id();
  }

  /** Done when deliveries may come. */
  public Future<Void> started() {
    return deployment.mapEmpty();
  }

  /** Takes nothing more, waits for what is in flight, leaves; done when it has left. */
  public Future<Void> drain(Vertx vertx) {
    return deployment.compose(id -> undeployed(vertx, id));
  }

  /**
   * Its program is gone: what is in flight is told to be lost at once, also while it drains. Done
   * when that is said; never fails.
   */
  public Future<Void> abandon(Vertx vertx) {
    return deployment
        .compose(
            id -> {
              instance.abandon();
              return isLeaving ? Future.<Void>succeededFuture() : undeployed(vertx, id);
            })
        .otherwiseEmpty();
  }

  private Future<Void> undeployed(Vertx vertx, String id) {
    isLeaving = true;
    return vertx.undeploy(id);
  }
}
