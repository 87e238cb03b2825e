package dev.usher.gateway.delivery;

import dev.usher.cluster.ClusterMember;
import dev.usher.gateway.pipeline.Loopback;
import dev.usher.wire.Addresses;
import dev.usher.wire.Announcement;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Performs the loop-back action as a handler outside of the gateway, so that it remembers what the
 * gateway may forget. It succeeds always, after a moment, and on purpose absorbs no duplicates: it
 * counts them.
 */
public final class LoopbackHandler {

  private static final int SLOTS = 256;

  /** Long enough for attempts to be under way when something is killed. */
  private static final int LONGEST_MS = 50;

  private static final int LAST_WORDS_MS = 150;

  private final ClusterMember member;
  private final Vertx vertx;
  private final Context context;
  private final Random random;
  private final String instance = "verify-" + UUID.randomUUID();
  private final Map<String, Integer> performed = new ConcurrentHashMap<>();
  private InstanceState state = InstanceState.UP;
  private int running;

  /**
   * Listens to nobody before {@link #start}.
   *
   * @param seed decides how long each attempt takes
   */
  public LoopbackHandler(ClusterMember member, long seed) {
    this.member = member;
    this.vertx = member.vertx();
    this.context = vertx.getOrCreateContext();
    this.random = new Random(seed);
  }

  /** How the gateway lists it. */
  public String instance() {
    return instance;
  }

  /** How often the delivery of each signup was performed, by the signup's id; from any thread. */
  public Map<String, Integer> performed() {
    return Map.copyOf(performed);
  }

  /** Listens, and announces itself again and again. */
  public Future<Void> start() {
    var bus = vertx.eventBus();
    return Future.all(
            bus.<Buffer>consumer(
                    Addresses.instance(Loopback.ADDRESS, instance),
                    frame -> context.runOnContext(turn -> take(frame.body())))
                .completion(),
            bus.<JsonObject>consumer(
                    Addresses.GATEWAYS, beacon -> context.runOnContext(turn -> announce()))
                .completion())
        .onSuccess(
            listening ->
                context.runOnContext(
                    turn -> {
                      announce();
                      vertx.setPeriodic(Announcement.EVERY_MS, timer -> announce());
                    }))
        .mapEmpty();
  }

  /** Says that it leaves, and does once that had time to be heard. */
  public Future<Void> stop() {
    Promise<Void> told = Promise.promise();
    context.runOnContext(
        turn -> {
          state = InstanceState.DOWN;
          announce();
          vertx.setTimer(LAST_WORDS_MS, passed -> told.complete());
        });
    return told.future().compose(passed -> member.leave());
  }

  private void announce() {
    Announcement announcement =
        new Announcement(
            instance,
            member.nodeId(),
            Loopback.ADDRESS,
            "verify",
            "built-in",
            "",
            "java",
            SLOTS,
            Math.max(0, SLOTS - running),
            state,
            DeliveryFrame.VERSION);
    vertx.eventBus().publish(Addresses.HANDLERS, announcement.toJson());
  }

  private void take(Buffer bytes) {
    DeliveryFrame frame = DeliveryFrame.decode(bytes);
    for (DeliveryFrame.Item item : frame.items()) {
      running++;
      performed.merge(signup(item), 1, Integer::sum);
      vertx.setTimer(1 + random.nextInt(LONGEST_MS), passed -> succeed(frame.gateway(), item));
    }
  }

  private static String signup(DeliveryFrame.Item item) {
    return item.delivery().substring(0, item.delivery().indexOf('.'));
  }

  private void succeed(String gateway, DeliveryFrame.Item item) {
    running--;
    OutcomeFrame.Item outcome =
        new OutcomeFrame.Item(
            item.delivery(),
            item.attempt(),
            OutcomeFrame.Verdict.SUCCEEDED,
            OutcomeFrame.NO_RETRY_AFTER,
            "");
    vertx
        .eventBus()
        .send(Addresses.outcomes(gateway), new OutcomeFrame(instance, List.of(outcome)).encode());
  }
}
