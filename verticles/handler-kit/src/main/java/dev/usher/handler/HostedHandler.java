package dev.usher.handler;

import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * A handler that its {@code main} would have run as a process, to be run inside another one: any
 * number of times, side by side. See {@link Hosting}.
 */
public final class HostedHandler {

  private final NamedHandler named;
  private final String address;
  private final Function<HandlerContext, ? extends SignupHandler> maker;

  HostedHandler(
      NamedHandler named, String address, Function<HandlerContext, ? extends SignupHandler> maker) {
    this.named = named;
    this.address = address;
    this.maker = maker;
  }

  /** What its settings file, its variables and its data folder are called. */
  public String name() {
    return named.name();
  }

  /** The name that gateways and people see. */
  public String announced() {
    return named.announced();
  }

  /** The shared event-bus address that it serves. */
  public String address() {
    return address;
  }

  /** The same handler at another address. */
  public HostedHandler at(String other) {
    return new HostedHandler(named, other, maker);
  }

  /**
   * Reads what is set about it, as its own process would. Its schema is looked for by the class
   * loader of the calling thread.
   *
   * @param deployed values that it was deployed with, by their dotted keys; they win
   * @throws InvalidSettings naming every problem
   */
  public Settings settings(
      Path config, Map<String, String> environment, Map<String, String> deployed)
      throws InvalidSettings {
    return Settings.load(name(), config, environment, deployed);
  }

  /**
   * Starts it in this process; done once the gateways have been told of it. One that fails has left
   * nothing behind.
   *
   * @param node Vert.x node id of this process
   * @param deployment {@link dev.usher.wire.HandlerVersion#id} of what it belongs to; empty where
   *     the cluster has not deployed it
   * @param data a folder that belongs to this handler
   * @param options its class loader and worker pool
   * @throws IllegalArgumentException when a setting can't be used
   */
  public Future<RunningHandler> start(
      Vertx vertx,
      String node,
      String deployment,
      Settings settings,
      Path data,
      DeploymentOptions options) {
    HandlerContext context = new Given(vertx, settings, data);
    return start(node, deployment, context, RunSettings.from(settings, named), options);
  }

  /** The same with settings that were checked before. */
  Future<RunningHandler> start(
      String node,
      String deployment,
      HandlerContext context,
      RunSettings run,
      DeploymentOptions options) {
    return new HandlerStart(named, address, node, deployment, run)
        .in(context.vertx(), options, () -> maker.apply(context));
  }

  NamedHandler named() {
    return named;
  }

  record Given(Vertx vertx, Settings settings, Path data) implements HandlerContext {}
}
