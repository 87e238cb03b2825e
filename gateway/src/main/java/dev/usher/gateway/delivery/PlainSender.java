package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Signup;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Sends each attempt to a plain consumer as one request with a CloudEvent. Lives on the loop. */
final class PlainSender {

  private static final String TYPE = "dev.usher.signup.accepted";
  private static final String ERASED = "dev.usher.signup.erased";
  private static final String SOURCE = "/signups";

  private final EventBus bus;
  private final Answers answers;

  /** Takes the end of a request. */
  @FunctionalInterface
  interface Answers {
    void ended(Flight flight, Ending ending, boolean isNobodyThere);
  }

  PlainSender(EventBus bus, Answers answers) {
    this.bus = bus;
    this.answers = answers;
  }

  void send(Flight flight) {
    Attempt attempt = flight.attempt();
    JsonObject event;
    try {
      event = cloudEvent(attempt.delivery().signup());
    } catch (DecodeException e) {
      answers.ended(
          flight, new Ending(Outcome.REJECTED, "the payload on record is no JSON"), false);
      return;
    }
    var unused =
        bus.<Object>request(flight.instance().address(), event, options(attempt))
            .onSuccess(reply -> answers.ended(flight, Endings.of(reply), false))
            .onFailure(
                failure ->
                    answers.ended(flight, Endings.of(failure), Endings.isNobodyThere(failure)));
  }

  static JsonObject cloudEvent(Signup signup) {
    return new JsonObject()
        .put("specversion", "1.0")
        .put("id", signup.id())
        .put("source", SOURCE)
        .put("type", signup.isErased() ? ERASED : TYPE)
        .put("time", signup.acceptedAt().toString())
        .put("datacontenttype", "application/json")
        .put("data", data(signup));
  }

  private static JsonObject data(Signup signup) {
    return signup.isErased() ? new JsonObject() : new JsonObject(Buffer.buffer(signup.payload()));
  }

  private static DeliveryOptions options(Attempt attempt) {
    return new DeliveryOptions()
        .setSendTimeout(attempt.timeout().toMillis())
        .addHeader("usher-delivery", attempt.delivery().id())
        .addHeader("usher-action", attempt.delivery().action())
        .addHeader("usher-attempt", Integer.toString(attempt.number()))
        .addHeader("usher-timeout", Long.toString(attempt.timeout().toMillis()));
  }
}
