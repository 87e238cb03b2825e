package dev.usher.bridge;

import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a client itself sends to the bus. For the bridge's loop. */
final class BusRequests {

  private final EventBus bus;
  private final Context loop;
  private final Predicate<String> permitted;
  private final Consumer<Buffer> answers;
  private int waiting;

  BusRequests(Bridge.Surroundings around, Consumer<Buffer> answers) {
    this.bus = around.vertx().eventBus();
    this.loop = around.loop();
    this.permitted = around.permitted();
    this.answers = answers;
  }

  void send(ClientFrame frame) {
    if (!isPermitted(frame)) {
      return;
    }
    if (!frame.wantsAnswer()) {
      var unused = bus.send(frame.address(), frame.body(), options(frame));
    } else if (waiting >= Limits.REQUESTS) {
      answers.accept(
          ServerFrames.error(
              frame, "too_many_requests", "at most " + Limits.REQUESTS + " may wait for replies"));
    } else {
      request(frame);
    }
  }

  void publish(ClientFrame frame) {
    if (isPermitted(frame)) {
      var unused = bus.publish(frame.address(), frame.body(), options(frame));
    }
  }

  private boolean isPermitted(ClientFrame frame) {
    boolean isPermitted = permitted.test(frame.address());
    if (!isPermitted) {
      answers.accept(ServerFrames.error(frame, "access_denied", "no action has this address"));
    }
    return isPermitted;
  }

  private void request(ClientFrame frame) {
    waiting++;
    bus.request(frame.address(), frame.body(), options(frame))
        .onComplete(
            reply ->
                loop.runOnContext(
                    turn ->
                        answered(
                            reply.succeeded()
                                ? answer(frame, reply.result())
                                : failure(frame, reply.cause()))));
  }

  private void answered(Buffer answer) {
    waiting--;
    answers.accept(answer);
  }

  private static Buffer answer(ClientFrame frame, Message<Object> reply) {
    return ServerFrames.message(frame.replyAddress(), reply.headers(), reply.body());
  }

  private static Buffer failure(ClientFrame frame, @Nullable Throwable cause) {
    ReplyException failure =
        cause instanceof ReplyException reply
            ? reply
            : new ReplyException(ReplyFailure.ERROR, String.valueOf(cause));
    return ServerFrames.failure(frame, failure);
  }

  private static DeliveryOptions options(ClientFrame frame) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    frame.headers().forEach(headers::add);
    headers.remove("usher-token");
    return new DeliveryOptions().setHeaders(headers);
  }
}
