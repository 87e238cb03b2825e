package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Invoker;
import dev.usher.gateway.pipeline.Loop;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.Slot;
import dev.usher.gateway.pipeline.Track;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.gateway.pipeline.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.DecodeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reaches webhooks: POSTs each attempt to the URL that its action has at that moment. One stands
 * for each address, that is scheme, host and port; how many attempts it gets at once is for the
 * actions to say. Lives on the loop.
 */
public final class WebhookInvoker implements Invoker {

  private final Loop loop;
  private final Supplier<Actions> actions;
  private final Callout callout;
  private final Map<String, Target> targets = new HashMap<>();
  private Listener listener = new NobodyListens();

  /**
   * Builds an invoker; call on the loop's Vert.x.
   *
   * @param actions those in force
   * @param rules which webhooks may be called
   */
  public WebhookInvoker(Vertx vertx, Loop loop, Supplier<Actions> actions, CallRules rules) {
    this(
        loop,
        actions,
        new Callout(vertx, HostNames.Resolver.OF_THE_MACHINE, rules, new HttpClientOptions()));
  }

  WebhookInvoker(Loop loop, Supplier<Actions> actions, Callout callout) {
    this.loop = loop;
    this.actions = actions;
    this.callout = callout;
  }

  /** Closes every connection. */
  public void stop() {
    callout.close();
  }

  @Override
  public Track track(String address, Signup signup) {
    return Track.MAIN;
  }

  @Override
  public Optional<Slot> reserve(String address, Track track, int concurrency) {
    Target target = targets.computeIfAbsent(address, Target::new);
    target.inFlight++;
    return Optional.of(target);
  }

  @Override
  public void release(Slot slot) {
    freed((Target) slot);
  }

  @Override
  public void send(Attempt attempt) {
    Target target = (Target) attempt.slot();
    Optional<Webhook> webhook =
        actions.get().find(attempt.delivery().action()).flatMap(Action::webhook);
    if (webhook.isEmpty()) {
      ended(target, attempt, new Ending(Outcome.REFUSED, "the action has no webhook any more"));
      return;
    }
    Buffer event;
    try {
      event = WebhookRequest.body(attempt.delivery().signup());
    } catch (DecodeException e) {
      ended(target, attempt, new Ending(Outcome.REJECTED, "the payload on record is no JSON"));
      return;
    }
    new WebhookFlight(attempt, webhook.get(), event, loop, ending -> ended(target, attempt, ending))
        .begin(callout.connect(webhook.get(), attempt));
  }

  /** Nobody asks whether it answers before it is sent something. */
  @Override
  public boolean hasHandler(String address) {
    return true;
  }

  @Override
  public List<HandlerStatus> handlers() {
    TreeMap<String, Webhook> inForce = new TreeMap<>();
    actions.get().withNotices().stream()
        .flatMap(action -> action.webhook().stream())
        .forEach(webhook -> inForce.put(webhook.address(), webhook));
    return inForce.values().stream().map(this::status).toList();
  }

  /** A webhook says of no version. */
  @Override
  public List<VersionStatus> versions() {
    return List.of();
  }

  @Override
  public Future<Set<String>> listening() {
    return Future.succeededFuture(Set.of());
  }

  @Override
  public void listen(Listener only) {
    listener = only;
  }

  private void ended(Target target, Attempt attempt, Ending ending) {
    target.inFlight--;
    listener.ended(attempt, ending);
    listener.hasCapacity(target.address);
  }

  private void freed(Target target) {
    target.inFlight--;
    listener.hasCapacity(target.address);
  }

  private HandlerStatus status(Webhook webhook) {
    Target target = targets.get(webhook.address());
    return new HandlerStatus(
        Target.INSTANCE,
        webhook.url().getHost(),
        false,
        webhook.address(),
        "",
        "",
        "",
        "",
        0,
        target == null ? 0 : target.inFlight,
        "up");
  }

  /** One scheme, host and port. */
  private static final class Target implements Slot {

    static final String INSTANCE = "webhook";

    private final String address;
    private int inFlight;

    Target(String address) {
      this.address = address;
    }

    @Override
    public String instance() {
      return INSTANCE;
    }
  }
}
