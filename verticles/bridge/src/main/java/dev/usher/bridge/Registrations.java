package dev.usher.bridge;

import dev.usher.handler.RemoteInstance;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that one client serves. Each is announced as an instance; what asks for an answer
 * is answered once deliveries may come, or can come no more. For the bridge's loop.
 */
final class Registrations {

  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  private final Vertx vertx;
  private final Context loop;
  private final String node;
  private final Duration drainLimit;
  private final Predicate<String> permitted;
  private final Registration.Receiver client;
  private final Consumer<Buffer> answers;
  private final Map<String, Serving> serving = new HashMap<>();
  private final Map<Serving, Future<Void>> leaving = new HashMap<>();
  private boolean isDraining;
  private boolean isOver;

  private record Serving(Registration registration, RemoteInstance instance) {}

  /**
   * None yet.
   *
   * @param client takes deliveries
   * @param answers takes frames for the client
   */
  Registrations(
      Bridge.Surroundings around, Registration.Receiver client, Consumer<Buffer> answers) {
    this.vertx = around.vertx();
    this.loop = around.loop();
    this.node = around.node();
    this.drainLimit = around.rules().drainLimit();
    this.permitted = around.permitted();
    this.client = client;
    this.answers = answers;
  }

  void register(ClientFrame frame) {
    Serving known = serving.get(frame.address());
    if (known != null) {
      acknowledgeOnceStarted(frame, known);
    } else if (isDraining) {
      refuse(frame, "closing", "the bridge closes; try again later");
    } else if (!permitted.test(frame.address())) {
      refuse(frame, "access_denied", "no action has the address \"" + shown(frame) + "\"");
    } else if (serving.size() + leaving.size() >= Limits.REGISTRATIONS) {
      refuse(frame, "too_many_registrations", "at most " + Limits.REGISTRATIONS);
    } else {
      add(frame);
    }
  }

  void unregister(ClientFrame frame) {
    Serving known = serving.remove(frame.address());
    if (known == null) {
      refuse(frame, "unknown_address", "\"" + shown(frame) + "\" is not registered");
      return;
    }
    Future<Void> left = known.instance.drain(vertx);
    leaving.put(known, left);
    left.onComplete(ended -> loop.runOnContext(turn -> drained(frame, known)));
  }

  /** The client serves nothing more; done when what it had in flight has ended. */
  Future<?> drain() {
    isDraining = true;
    serving.values().forEach(each -> leaving.put(each, each.instance.drain(vertx)));
    serving.clear();
    return Future.join(List.copyOf(leaving.values())).otherwiseEmpty();
  }

  /** The client is gone; done when that is announced. */
  Future<?> abandon() {
    isOver = true;
    List<Serving> all = new ArrayList<>(serving.values());
    all.addAll(leaving.keySet());
    serving.clear();
    return Future.join(all.stream().map(each -> each.instance.abandon(vertx)).toList());
  }

  private void add(ClientFrame frame) {
    Registration registration;
    try {
      registration = Registration.of(frame);
    } catch (IllegalArgumentException e) {
      refuse(frame, "bad_registration", String.valueOf(e.getMessage()));
      return;
    }
    RemoteInstance instance =
        RemoteInstance.start(
            vertx, registration.on(node), registration.passingOnTo(client), drainLimit);
    Serving added = new Serving(registration, instance);
    serving.put(frame.address(), added);
    acknowledgeOnceStarted(frame, added);
  }

  private void acknowledgeOnceStarted(ClientFrame frame, Serving known) {
    known
        .instance
        .started()
        .onComplete(
            result ->
                loop.runOnContext(
                    turn -> started(frame, known, result.succeeded() ? null : result.cause())));
  }

  private void started(ClientFrame frame, Serving known, @Nullable Throwable failure) {
    if (isOver) {
      return;
    }
    if (failure == null) {
      acknowledge(frame, known);
    } else {
      LOG.warn("a client can't serve {}", frame.address(), failure);
      serving.remove(frame.address(), known);
      refuse(frame, "registration_failed", "try again later");
    }
  }

  private void drained(ClientFrame frame, Serving known) {
    leaving.remove(known);
    acknowledge(frame, known);
  }

  private void acknowledge(ClientFrame frame, Serving known) {
    if (frame.wantsAnswer()) {
      answers.accept(
          ServerFrames.message(frame.replyAddress(), known.registration.toldTo(known.instance)));
    }
  }

  private void refuse(ClientFrame frame, String code, String detail) {
    answers.accept(ServerFrames.error(frame, code, detail));
  }

  private static String shown(ClientFrame frame) {
    return frame.address().length() > 80 ? frame.address().substring(0, 80) : frame.address();
  }
}
