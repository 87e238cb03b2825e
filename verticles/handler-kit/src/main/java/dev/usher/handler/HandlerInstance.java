package dev.usher.handler;

import dev.usher.wire.Addresses;
import dev.usher.wire.Announcement;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running handler: deployed it takes deliveries, undeployed it drains. A verticle, so that it
 * has an event loop of its own and any number of them can live in one process.
 *
 * <h2>Start</h2>
 *
 * The handler is made on a worker thread, as its constructor may block; then the instance registers
 * at its own address, and only when that is complete does it announce itself. No delivery can come
 * before it can be received.
 *
 * <h2>Drain</h2>
 *
 * Announce {@code draining} → refuse what comes → wait until nothing is in flight, but for {@link
 * #GRACE} at least → send the last outcomes → announce {@code down} → stop the handler. A gateway
 * whose loop was held up longer than the grace has sent to nobody; the {@code down} tells it
 * whether what it has no answer to was never started.
 */
final class HandlerInstance extends VerticleBase {

  static final int DEFAULT_SLOTS = 256;
  static final int DEFAULT_BLOCKING_SLOTS = 16;

  /**
   * A gateway that has not heard of the draining yet may still send for this long; the instance
   * stays to refuse that, as a delivery that nobody answers is lost. Measured: 150 ms lost none of
   * 650,000 deliveries over 160 drains.
   */
  static final Duration GRACE = Duration.ofMillis(150);

  private static final Logger LOG = LoggerFactory.getLogger(HandlerInstance.class);

  private final HandlerDescription description;
  private final Supplier<? extends SignupHandler> maker;
  private final Duration drainLimit;
  private final String id;
  private final Optional<Code> code;
  private final Promise<Void> abandoned = Promise.promise();
  private InstanceState state = InstanceState.UP;
  private @Nullable Serving serving;

  /** What the handler's code is, where the class of the handler does not say it. */
  record Code(String version, String language) {}

  /** What exists once the handler is made. */
  private record Serving(
      SignupHandler handler,
      String version,
      int slots,
      InFlight inFlight,
      OutcomePost post,
      Announcer announcer,
      MessageConsumer<Object> consumer) {}

  /**
   * A handler to be deployed.
   *
   * @param maker makes the handler, once; may block and may fail
   * @param drainLimit longest wait for what is in flight when it is undeployed
   */
  HandlerInstance(
      HandlerDescription description,
      Supplier<? extends SignupHandler> maker,
      Duration drainLimit) {
    this(description, Optional.empty(), maker, drainLimit);
  }

  /** The same for a handler whose code is elsewhere. */
  HandlerInstance(
      HandlerDescription description,
      Code code,
      Supplier<? extends SignupHandler> maker,
      Duration drainLimit) {
    this(description, Optional.of(code), maker, drainLimit);
  }

  private HandlerInstance(
      HandlerDescription description,
      Optional<Code> code,
      Supplier<? extends SignupHandler> maker,
      Duration drainLimit) {
    this.description = description;
    this.code = code;
    this.maker = maker;
    this.drainLimit = drainLimit;
    this.id = InstanceIds.next(description.handler());
  }

  /** The id of this instance, unique for ever. */
  String id() {
    return id;
  }

  /** Done as soon as its event loop comes to it. */
  Future<Void> turn() {
    Promise<Void> turn = Promise.promise();
    context.runOnContext(turn::complete);
    return turn.future();
  }

  @Override
  public Future<?> start() {
    return context.<SignupHandler>executeBlocking(maker::get).compose(this::serve);
  }

  @Override
  public Future<?> stop() {
    Serving now = serving();
    LOG.info("{} drains, {} in flight", id, now.inFlight.size());
    return announce(InstanceState.DRAINING)
        .compose(announced -> Future.any(abandoned.future(), drained(now)))
        .eventually(now.post::flushed)
        .eventually(() -> announce(InstanceState.DOWN))
        .eventually(now.consumer::unregister)
        .eventually(() -> stop(now.handler));
  }

  /**
   * What is in flight will never end, so nothing waits for it: it is told to be lost. To be called
   * once deployed; undeploying stays to the caller.
   */
  void abandon() {
    context.runOnContext(nothing -> abandoned.tryComplete());
  }

  private Future<?> drained(Serving now) {
    return Future.join(idle(now), vertx.timer(GRACE.toMillis()));
  }

  private Future<Void> serve(SignupHandler handler) {
    int slots = description.slots().orElse(defaultSlots(handler));
    if (handler instanceof WorkerHandler blocking) {
      blocking.start(vertx, id, slots);
    }
    OutcomePost post = new OutcomePost(vertx, context, id);
    InFlight inFlight = new InFlight(context, handler, slots, post);
    MessageConsumer<Object> consumer =
        vertx
            .eventBus()
            .consumer(
                Addresses.instance(description.address(), id),
                message -> receive(inFlight, message.body()));
    Announcer announcer = new Announcer(vertx, this::announcement);
    String version = code.map(Code::version).orElseGet(() -> version(handler));
    serving = new Serving(handler, version, slots, inFlight, post, announcer, consumer);
    return consumer.completion().compose(registered -> announcer.start());
  }

  private static int defaultSlots(SignupHandler handler) {
    return handler instanceof WorkerHandler ? DEFAULT_BLOCKING_SLOTS : DEFAULT_SLOTS;
  }

  /** A frame that can't be read is answered by nobody; its attempts time out at the gateway. */
  private void receive(InFlight inFlight, @Nullable Object body) {
    if (!(body instanceof Buffer bytes)) {
      LOG.warn("{} drops a message that is no frame of deliveries", id);
      return;
    }
    try {
      inFlight.accept(DeliveryFrame.decode(bytes));
    } catch (IllegalArgumentException unreadable) {
      LOG.warn("{} drops a frame of deliveries: {}", id, unreadable.getMessage());
    }
  }

  private Future<Void> idle(Serving now) {
    return now.inFlight
        .drain()
        .timeout(Math.max(1, drainLimit.toMillis()), TimeUnit.MILLISECONDS)
        .onFailure(late -> leaveUnfinished(now))
        .otherwiseEmpty();
  }

  private void leaveUnfinished(Serving now) {
    if (!abandoned.future().isComplete()) {
      LOG.warn(
          "{} leaves {} unfinished after {}: they are attempted again",
          id,
          now.inFlight.size(),
          drainLimit);
    }
  }

  private Future<?> stop(SignupHandler handler) {
    return Future.future(promise -> handler.stop().<Void>mapEmpty().onComplete(promise))
        .onFailure(failure -> LOG.warn("{} did not stop cleanly", id, failure));
  }

  private Future<Void> announce(InstanceState next) {
    state = next;
    return serving().announcer.announce();
  }

  private Announcement announcement() {
    Serving now = serving();
    return new Announcement(
        id,
        description.node(),
        description.address(),
        description.handler(),
        now.version,
        description.deployment(),
        code.map(Code::language).orElse("java"),
        now.slots,
        free(now),
        state,
        DeliveryFrame.VERSION);
  }

  /** At its end, an attempt whose outcome no gateway knows is as good as unfinished. */
  private int free(Serving now) {
    int unknown = state == InstanceState.DOWN ? now.post.unwritten() : 0;
    return Math.max(0, now.inFlight.free() - unknown);
  }

  private Serving serving() {
    return Objects.requireNonNull(serving, "not started");
  }

  private static String version(SignupHandler handler) {
    Object code = handler instanceof WorkerHandler worker ? worker.code() : handler;
    Package itsPackage = code.getClass().getPackage();
    return Optional.ofNullable(itsPackage.getImplementationVersion()).orElse("dev");
  }
}
