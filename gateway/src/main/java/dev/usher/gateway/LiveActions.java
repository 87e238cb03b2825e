package dev.usher.gateway;

import dev.usher.gateway.config.ActionsWatch;
import dev.usher.gateway.config.InForce;
import dev.usher.gateway.config.OverrideOrder;
import dev.usher.gateway.http.ActionControl;
import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.settings.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** The actions in force, as the admin port sees and changes them. */
final class LiveActions implements ActionControl {

  private final ActionsWatch watch;

  LiveActions(ActionsWatch watch) {
    this.watch = watch;
  }

  @Override
  public Now now() {
    return now(watch.inForce());
  }

  @Override
  public Future<Now> change(Order order) {
    Promise<Now> done = Promise.promise();
    var unused =
        watch
            .carryOut(order(order))
            .whenComplete(
                (inForce, failure) -> {
                  if (failure == null) {
                    done.complete(now(inForce));
                  } else {
                    done.fail(inWordsOfTheCore(failure));
                  }
                });
    return done.future();
  }

  private static Throwable inWordsOfTheCore(Throwable failure) {
    return failure instanceof IOException
        ? new JournalUnavailable(String.valueOf(failure.getMessage()), failure)
        : failure;
  }

  private static OverrideOrder order(Order order) {
    OverrideOrder.Deed deed =
        switch (order.deed()) {
          case PUT -> OverrideOrder.Deed.PUT;
          case PATCH -> OverrideOrder.Deed.PATCH;
          case RESET -> OverrideOrder.Deed.RESET;
        };
    JsonObject body = order.body().isEmpty() ? new JsonObject() : new JsonObject(order.body());
    return new OverrideOrder(deed, order.action(), body, order.token(), order.reason());
  }

  private static Now now(InForce inForce) {
    return new Now(
        inForce.revision(),
        inForce.problems().stream().map(Problem::toString).toList(),
        inForce.configured().settings(),
        inForce.configured().shadowed(),
        inForce.overrides().all(),
        inForce.dormant(),
        inForce.aside().stream()
            .map(one -> new ActionControl.Aside(one.action(), one.why()))
            .toList());
  }
}
