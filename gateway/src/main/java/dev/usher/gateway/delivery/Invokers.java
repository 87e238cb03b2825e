package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Invoker;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.Slot;
import dev.usher.gateway.pipeline.Track;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.gateway.pipeline.Webhook;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Handlers on the bus and webhooks as one: the address says which it is. Lives on the loop. */
public final class Invokers implements Invoker {

  private final BusInvoker bus;
  private final WebhookInvoker webhooks;

  /** Joins these two. */
  public Invokers(BusInvoker bus, WebhookInvoker webhooks) {
    this.bus = bus;
    this.webhooks = webhooks;
  }

  /** All that a webhook is sent goes to its one URL. */
  @Override
  public Track track(String address, Signup signup) {
    return bus.track(address, signup);
  }

  @Override
  public Optional<Slot> reserve(String address, Track track, int concurrency) {
    return at(address).reserve(address, track, concurrency);
  }

  @Override
  public void release(Slot slot) {
    of(slot).release(slot);
  }

  @Override
  public void send(Attempt attempt) {
    of(attempt.slot()).send(attempt);
  }

  @Override
  public boolean hasHandler(String address) {
    return at(address).hasHandler(address);
  }

  @Override
  public List<HandlerStatus> handlers() {
    List<HandlerStatus> all = new ArrayList<>(bus.handlers());
    all.addAll(webhooks.handlers());
    return all;
  }

  @Override
  public List<VersionStatus> versions() {
    return bus.versions();
  }

  @Override
  public Future<Set<String>> listening() {
    return bus.listening();
  }

  @Override
  public void listen(Listener listener) {
    bus.listen(listener);
    webhooks.listen(listener);
  }

  private Invoker at(String address) {
    return Webhook.isAddress(address) ? webhooks : bus;
  }

  private Invoker of(Slot slot) {
    return slot instanceof Instance ? bus : webhooks;
  }
}
