package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.wire.Addresses;
import dev.usher.wire.DeliveryFrame;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sends frames to kit instances. What is sent in one turn of the loop shares frames, so they grow
 * with the load: a whole commit group is one turn. Lives on the loop.
 */
final class KitSender {

  private static final byte[] NOTHING = {'{', '}'};
  private static final int MAX_FRAME_BYTES = 256 * 1024;

  private final Vertx vertx;
  private final String gateway;
  private final Set<Instance> waiting = new LinkedHashSet<>();

  KitSender(Vertx vertx, String gateway) {
    this.vertx = vertx;
    this.gateway = gateway;
  }

  void send(Flight flight) {
    DeliveryFrame.Item item = item(flight);
    if (flight.attempt().number() > 1) {
      // A delivery that brings its handler down must not take others with it a second time.
      send(flight.instance(), List.of(item));
      return;
    }
    flight.instance().outbox().add(item);
    if (waiting.isEmpty()) {
      vertx.getOrCreateContext().runOnContext(turnEnded -> flush());
    }
    waiting.add(flight.instance());
  }

  private void flush() {
    List<Instance> ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(this::flush);
  }

  private void flush(Instance instance) {
    List<DeliveryFrame.Item> frame = new ArrayList<>();
    long bytes = 0;
    for (DeliveryFrame.Item item : instance.outbox()) {
      if (!frame.isEmpty() && bytes + item.payload().length > MAX_FRAME_BYTES) {
        send(instance, List.copyOf(frame));
        frame.clear();
        bytes = 0;
      }
      frame.add(item);
      bytes += item.payload().length;
    }
    if (!frame.isEmpty()) {
      send(instance, frame);
    }
    instance.outbox().clear();
  }

  private void send(Instance instance, List<DeliveryFrame.Item> items) {
    var unused =
        vertx
            .eventBus()
            .send(
                Addresses.instance(instance.address(), instance.instance()),
                new DeliveryFrame(gateway, items).encode());
  }

  /** A notice that a signup was erased has nothing to tell but its id. */
  private static byte[] payload(Signup signup) {
    return signup.isErased() ? NOTHING : signup.payload();
  }

  private static DeliveryFrame.Item item(Flight flight) {
    Attempt attempt = flight.attempt();
    return new DeliveryFrame.Item(
        flight.delivery(),
        attempt.number(),
        attempt.timeout().toMillis(),
        attempt.delivery().signup().acceptedAt().toEpochMilli(),
        "",
        payload(attempt.delivery().signup()));
  }
}
