package dev.usher.handler;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The instances that make up one handler: the one that takes its signups and, where it has an
 * address for them, the one that takes notices of erased signups.
 */
record HandlerStart(
    NamedHandler named, String address, String node, String deployment, RunSettings settings) {

  private static final int NOTICE_SLOTS = 4;

  /** Deploys them; where the second fails the first is gone again. */
  Future<RunningHandler> in(
      Vertx vertx, DeploymentOptions options, Supplier<? extends SignupHandler> maker) {
    AtomicReference<@Nullable SignupHandler> made = new AtomicReference<>();
    HandlerInstance instance = instance(maker, made);
    return vertx
        .deployVerticle(instance, options)
        .compose(
            deployed ->
                notices(vertx, options, made)
                    .map(more -> running(vertx, instance, deployed, more))
                    .recover(
                        failure ->
                            vertx
                                .undeploy(deployed)
                                .transform(undone -> Future.failedFuture(failure))));
  }

  private RunningHandler running(
      Vertx vertx, HandlerInstance instance, String deployed, List<String> notices) {
    return new RunningHandler(vertx, instance, settings.drainLimit(), deployed, notices);
  }

  private HandlerInstance instance(
      Supplier<? extends SignupHandler> maker, AtomicReference<@Nullable SignupHandler> made) {
    return new HandlerInstance(
        new HandlerDescription(node, address, named.announced(), deployment, settings.slots()),
        () -> {
          SignupHandler one = maker.get();
          made.set(one);
          return one;
        },
        settings.drainLimit());
  }

  /** Few at a time: nobody waits for them, and signups must not wait for their sake. */
  private Future<List<String>> notices(
      Vertx vertx, DeploymentOptions options, AtomicReference<@Nullable SignupHandler> made) {
    if (named.erasedAt().isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    String announced = named.announced() + "-erased";
    SignupHandler handler = Objects.requireNonNull(made.get());
    HandlerInstance notices =
        new HandlerInstance(
            new HandlerDescription(
                node, named.erasedAt().get(), announced, deployment, OptionalInt.of(NOTICE_SLOTS)),
            () -> new NoticeHandler(handler),
            settings.drainLimit());
    return vertx.deployVerticle(notices, options).map(List::of);
  }
}
