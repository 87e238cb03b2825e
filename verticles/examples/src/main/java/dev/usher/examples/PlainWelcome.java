package dev.usher.examples;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.launcher.application.VertxApplication;

/**
 * A handler that is nothing but a Vert.x verticle: it depends on Vert.x and Hazelcast alone. Any
 * reply is a success, {@code message.fail(422, reason)} rejects the delivery for good, and any
 * other failure or no reply at all leads to another attempt.
 */
public final class PlainWelcome extends VerticleBase {

  private static final String ADDRESS = "signup.greeting";

  @Override
  public Future<?> start() {
    return vertx
        .eventBus()
        .consumer(ADDRESS, PlainWelcome::greet)
        .completion()
        .onSuccess(registered -> System.out.println("ready plain handler at " + ADDRESS));
  }

  /** The body is a CloudEvent, the same for every action of a signup; its data is the payload. */
  private static void greet(Message<JsonObject> message) {
    String username = message.body().getJsonObject("data", new JsonObject()).getString("username");
    if (username == null) {
      message.fail(422, "\"username\" is missing");
      return;
    }
    // The delivery id is the same for every attempt: what to deduplicate on.
    System.out.println(
        "greeted "
            + message.headers().get("usher-delivery")
            + " attempt "
            + message.headers().get("usher-attempt"));
    message.reply("Hello " + username);
  }

  /** Runs this verticle in the cluster that {@code cluster.xml} describes. */
  public static void main(String[] args) {
    int exitCode =
        new VertxApplication(new String[] {PlainWelcome.class.getName(), "-cluster"}).launch();
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
