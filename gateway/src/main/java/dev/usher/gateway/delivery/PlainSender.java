package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.wire.SignupEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Sends each attempt to a plain consumer as one request with a CloudEvent. Lives on the loop. */
final class PlainSender {

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
    return SignupEvent.attributes(signup.id(), signup.acceptedAt(), signup.isErased())
        .put("data", data(signup));
  }

  private static JsonObject data(Signup signup) {
    return signup.isErased() ? new JsonObject() : new JsonObject(Buffer.buffer(signup.payload()));
  }

  private static DeliveryOptions options(Attempt attempt) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(attempt.timeout().toMillis());
    headers(attempt).forEach(options::addHeader);
    return options;
  }

  static Map<String, String> headers(Attempt attempt) {
    return SignupEvent.headers(
        attempt.delivery().id(),
        attempt.delivery().action(),
        attempt.number(),
        attempt.timeout().toMillis());
  }
}
