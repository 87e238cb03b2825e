package dev.usher.examples;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.launcher.application.VertxApplication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Does what the conformance kit asks for, with Vert.x alone. What a kit does for its handlers a
 * plain verticle does itself, as far as it wants to: know a delivery that comes again, and finish
 * what it has before it goes.
 */
public final class ConformingVerticle extends VerticleBase {

  private static final String ADDRESS = "conformance.plain";
  private static final int REJECTED = 422;
  private static final int FAILED = 500;

  private final Map<String, Future<JsonObject>> done = new HashMap<>();
  private Optional<MessageConsumer<JsonObject>> consumer = Optional.empty();

  @Override
  public Future<?> start() {
    MessageConsumer<JsonObject> here = vertx.eventBus().consumer(ADDRESS, this::answer);
    consumer = Optional.of(here);
    return here.completion();
  }

  @Override
  public Future<?> stop() {
    return consumer
        .map(MessageConsumer::unregister)
        .orElseGet(Future::succeededFuture)
        .compose(gone -> Future.join(List.copyOf(done.values())));
  }

  private void answer(Message<JsonObject> message) {
    JsonObject payload = message.body().getJsonObject("data");
    JsonObject asked = payload.getJsonObject("conformance");
    boolean isFirst = message.headers().get("usher-attempt").equals("1");
    switch (asked.getString("do")) {
      case "return" -> message.reply(asked.getJsonObject("value"));
      case "measure" ->
          message.reply(new JsonObject().put("length", payload.getString("padding").length()));
      case "reject" -> message.fail(REJECTED, "asked to reject");
      case "fail" -> firstOrElse(isFirst, () -> message.fail(FAILED, "asked to fail"), message);
      case "retry-later" -> firstOrElse(isFirst, () -> comeBack(message, asked), message);
      case "wait" -> once(message, asked).onSuccess(message::reply);
      default -> message.reply(null);
    }
  }

  private static void firstOrElse(boolean isFirst, Runnable first, Message<JsonObject> message) {
    if (isFirst) {
      first.run();
    } else {
      message.reply(null);
    }
  }

  /** A failed message can't say when; a reply with headers can. */
  private static void comeBack(Message<JsonObject> message, JsonObject asked) {
    message.reply(
        "asked to come back",
        new DeliveryOptions()
            .addHeader("usher-outcome", "retry")
            .addHeader("usher-retry-after", asked.getInteger("seconds").toString()));
  }

  /** An attempt that comes again gets the outcome of the first one. */
  private Future<JsonObject> once(Message<JsonObject> message, JsonObject asked) {
    return done.computeIfAbsent(
        message.headers().get("usher-delivery"),
        delivery ->
            vertx
                .timer(asked.getInteger("ms"), TimeUnit.MILLISECONDS)
                .map(over -> new JsonObject().put("begun", 1)));
  }

  /** Runs this verticle in the cluster that {@code cluster.xml} describes. */
  public static void main(String[] args) {
    int exitCode =
        new VertxApplication(new String[] {ConformingVerticle.class.getName(), "-cluster"})
            .launch();
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
