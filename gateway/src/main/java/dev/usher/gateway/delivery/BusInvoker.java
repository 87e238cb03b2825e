package dev.usher.gateway.delivery;

import dev.usher.cluster.ClusterMember;
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
import dev.usher.wire.Addresses;
import dev.usher.wire.Announcement;
import dev.usher.wire.Beacon;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches handlers over the event bus. Kit instances get frames at an address of their own and
 * answer with frames; plain consumers get one request for each attempt. Who is there is known from
 * announcements and membership; Hazelcast is never asked for a delivery. Lives on the loop.
 */
public final class BusInvoker implements Invoker {

  private static final Logger LOG = LoggerFactory.getLogger(BusInvoker.class);

  /** How exact time-outs are. */
  private static final Duration TICK = Duration.ofMillis(100);

  private static final Duration PLAIN_CHECK = Duration.ofSeconds(1);
  private static final Duration BEACON = Duration.ofMillis(Announcement.EVERY_MS);

  /** Handlers of a running cluster get this long to answer before we say that there are none. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final ClusterMember member;
  private final Loop loop;
  private final String gateway;
  private final Supplier<Set<String>> addresses;
  private final Directory directory = new Directory();
  private final Map<String, Flight> flights = new HashMap<>();
  private final Set<String> warnedOfPlain = new HashSet<>();
  private final Set<String> warnedOfFrame = new HashSet<>();
  private final KitSender kitSender;
  private final PlainSender plainSender;
  private Listener listener = new NobodyListens();
  private long startedNanos;
  private boolean isStopped;

  /**
   * Builds an invoker that does nothing before {@link #start}.
   *
   * @param gateway id of this run of the gateway
   * @param addresses the addresses of the actions in force; at these plain consumers are looked for
   */
  public BusInvoker(
      ClusterMember member, Loop loop, String gateway, Supplier<Set<String>> addresses) {
    this.member = member;
    this.loop = loop;
    this.gateway = gateway;
    this.addresses = addresses;
    this.kitSender = new KitSender(member.vertx(), gateway);
    this.plainSender = new PlainSender(member.vertx().eventBus(), this::ended);
  }

  /** Listens for handlers and asks who is there; call on the loop. */
  public Future<Void> start() {
    startedNanos = loop.nanos();
    member.onMembership(
        joined -> loop.run(() -> memberJoined(joined)), left -> loop.run(() -> memberLeft(left)));
    var bus = member.vertx().eventBus();
    return Future.all(
            bus.<Buffer>consumer(Addresses.outcomes(gateway), this::outcomes).completion(),
            bus.<JsonObject>consumer(Addresses.HANDLERS, this::announced).completion())
        .onSuccess(
            registered -> {
              publishBeacon(true);
              every(BEACON, () -> publishBeacon(false));
              every(TICK, this::endTimedOut);
              checkPlain();
              every(PLAIN_CHECK, this::checkPlain);
            })
        .mapEmpty();
  }

  /** Says nothing more and looks for nobody more. */
  public void stop() {
    isStopped = true;
  }

  @Override
  public Future<Set<String>> listening() {
    Set<String> kits = directory.all().stream().map(Instance::address).collect(Collectors.toSet());
    return member.addresses().map(plain -> union(kits, plain));
  }

  @Override
  public List<HandlerStatus> handlers() {
    long now = loop.nanos();
    return directory.all().stream().map(instance -> instance.status(now)).toList();
  }

  @Override
  public List<VersionStatus> versions() {
    return directory.versions(loop.nanos());
  }

  /** From now on these versions are canaries; from any thread. */
  public void divide(CanaryShares shares) {
    loop.run(() -> directory.divide(shares).forEach(listener::hasNewTracks));
  }

  @Override
  public void listen(Listener only) {
    listener = only;
  }

  @Override
  public Track track(String address, Signup signup) {
    return directory.hasCanaries()
        ? directory.track(address, signup.id(), loop.nanos())
        : Track.MAIN;
  }

  @Override
  public Optional<Slot> reserve(String address, Track track, int concurrency) {
    Instance best = directory.best(address, track, concurrency, loop.nanos());
    if (best == null) {
      return Optional.empty();
    }
    best.taken();
    return Optional.of(best);
  }

  @Override
  public void release(Slot slot) {
    free((Instance) slot);
  }

  @Override
  public boolean hasHandler(String address) {
    long now = loop.nanos();
    return directory.hasHandler(address, now) || now - startedNanos < GRACE_NANOS;
  }

  @Override
  public void send(Attempt attempt) {
    Instance instance = (Instance) attempt.slot();
    Flight flight = new Flight(attempt, instance, loop.nanos());
    flights.put(flight.delivery(), flight);
    if (instance.isGone()) {
      end(flight, new Ending(Outcome.REFUSED, "the instance left before the attempt was sent"));
    } else if (instance.isKit()) {
      kitSender.send(flight);
    } else {
      plainSender.send(flight);
    }
  }

  private void announced(Message<JsonObject> message) {
    Announcement announcement;
    try {
      announcement = Announcement.fromJson(message.body());
    } catch (RuntimeException e) {
      LOG.warn("an announcement can't be read: {}", e.getMessage());
      return;
    }
    if (announcement.frame() != DeliveryFrame.VERSION) {
      refuseFrameVersion(announcement);
      return;
    }
    // A member that left can still have announcements under way.
    if (!directory.isKnown(announcement.instance())
        && !member.nodes().contains(announcement.node())) {
      return;
    }
    boolean isNew = !directory.isKnown(announcement.instance());
    directory
        .heard(announcement, loop.nanos())
        .ifPresent(instance -> heard(instance, announcement, isNew));
  }

  /** It could read nothing of what we send, so it gets nothing. */
  private void refuseFrameVersion(Announcement announcement) {
    if (warnedOfFrame.add(announcement.instance())) {
      LOG.warn(
          "{} at {} speaks frame version {}, this gateway {}: it gets no deliveries",
          announcement.instance(),
          announcement.address(),
          announcement.frame(),
          DeliveryFrame.VERSION);
    }
  }

  private void heard(Instance instance, Announcement announcement, boolean isNew) {
    if (announcement.state() == InstanceState.DOWN) {
      LOG.info("{} left {}", instance.instance(), instance.address());
      directory.remove(instance);
      leave(instance, announcement);
      return;
    }
    if (isNew) {
      LOG.info("{} joined {}", instance.instance(), instance.address());
      publishBeacon(false);
      warnOfPlain(instance.address());
    }
    if (announcement.state() == InstanceState.UP) {
      listener.hasCapacity(instance.address());
    }
  }

  private void outcomes(Message<Buffer> message) {
    OutcomeFrame frame;
    try {
      frame = OutcomeFrame.decode(message.body());
    } catch (RuntimeException e) {
      LOG.warn("an outcome frame can't be read: {}", e.getMessage());
      return;
    }
    Instance freed = null;
    for (OutcomeFrame.Item item : frame.items()) {
      Flight flight = flightOf(frame.instance(), item);
      if (flight == null) {
        listener.endedLate(item.delivery(), item.attempt(), Endings.of(item));
      } else {
        land(flight, Endings.of(item));
        freed = flight.instance();
      }
    }
    if (freed != null) {
      // Once for all of them: they come from one instance.
      listener.hasCapacity(freed.address());
    }
  }

  /** After a redrive attempts are counted afresh: the number alone does not say which one it is. */
  private @Nullable Flight flightOf(String instance, OutcomeFrame.Item item) {
    Flight flight = flights.get(item.delivery());
    return flight != null
            && flight.attempt().number() == item.attempt()
            && flight.instance().instance().equals(instance)
        ? flight
        : null;
  }

  /** A plain consumer answered, or the bus gave up on it. */
  private void ended(Flight flight, Ending ending, boolean isNobodyThere) {
    if (isNobodyThere) {
      directory.plainGone(flight.instance().address());
    }
    if (flights.get(flight.delivery()) == flight) {
      end(flight, ending);
    } else {
      listener.endedLate(flight.delivery(), flight.attempt().number(), ending);
    }
  }

  private void end(Flight flight, Ending ending) {
    land(flight, ending);
    listener.hasCapacity(flight.instance().address());
  }

  private void land(Flight flight, Ending ending) {
    flights.remove(flight.delivery());
    if (ending.outcome() == Outcome.REFUSED) {
      flight.instance().refused();
    }
    flight.instance().freed();
    flight.count(ending.outcome(), loop.nanos());
    listener.ended(flight.attempt(), ending);
  }

  private void free(Instance instance) {
    instance.freed();
    listener.hasCapacity(instance.address());
  }

  private void endTimedOut() {
    long now = loop.nanos();
    List<Flight> late =
        flights.values().stream()
            .filter(flight -> flight.instance().isKit() && flight.isLate(now))
            .toList();
    for (Flight flight : late) {
      Duration timeout = flight.attempt().timeout();
      end(flight, new Ending(Outcome.TIMED_OUT, "no answer within " + timeout.toMillis() + " ms"));
    }
  }

  private void memberJoined(String node) {
    directory.joined(node);
    membershipChanged();
  }

  private void memberLeft(String node) {
    directory.goneWith(node).forEach(this::lose);
    membershipChanged();
  }

  private void lose(Instance instance) {
    if (instance.isKit()) {
      directory.lost(instance);
    } else {
      directory.plainGone(instance.address());
    }
    endFlightsOf(instance);
  }

  /** What an instance that drained did not answer came too late for it, and was never started. */
  private void leave(Instance instance, Announcement last) {
    if (last.isIdle()) {
      Ending refused = new Ending(Outcome.REFUSED, "the instance had left when the attempt came");
      flightsTo(instance).forEach(flight -> end(flight, refused));
    } else {
      endFlightsOf(instance);
    }
  }

  private void endFlightsOf(Instance instance) {
    List<Flight> lost = flightsTo(instance);
    if (!lost.isEmpty()) {
      LOG.warn("{} died with {} attempts in flight", instance.instance(), lost.size());
    }
    lost.forEach(flight -> end(flight, new Ending(Outcome.LOST, "the instance died")));
  }

  private List<Flight> flightsTo(Instance instance) {
    return flights.values().stream().filter(flight -> flight.instance() == instance).toList();
  }

  private void membershipChanged() {
    if (!isStopped) {
      publishBeacon(true);
      checkPlain();
    }
  }

  private void checkPlain() {
    for (String address : addresses.get()) {
      var unused =
          member.consumersAt(address).onSuccess(nodes -> loop.run(() -> plainSeen(address, nodes)));
    }
  }

  private void plainSeen(String address, Set<String> nodes) {
    boolean isNew = !directory.hasPlain(address) && !nodes.isEmpty();
    directory.plainAt(address, nodes, loop.nanos());
    if (isNew) {
      LOG.info("a plain consumer listens at {}", address);
      warnOfPlain(address);
    }
    if (directory.hasPlain(address) || directory.hasCanary(address)) {
      // Each second, not only when new: kit instances fall silent without an event, and then the
      // plain consumers take over, or the other version.
      listener.hasCapacity(address);
    }
  }

  private void warnOfPlain(String address) {
    if (directory.hasPlain(address)
        && !directory.kitsAt(address).isEmpty()
        && warnedOfPlain.add(address)) {
      LOG.warn("{} has kit handlers and plain consumers: the plain ones get nothing", address);
    }
  }

  private void publishBeacon(boolean ask) {
    Beacon beacon = new Beacon(gateway, member.nodeId(), ask, addresses.get());
    member.vertx().eventBus().publish(Addresses.GATEWAYS, beacon.toJson());
  }

  private void every(Duration interval, Runnable step) {
    var unused =
        loop.after(
            interval,
            () -> {
              if (!isStopped) {
                step.run();
                every(interval, step);
              }
            });
  }

  private static Set<String> union(Set<String> kits, Set<String> plain) {
    Set<String> all = new TreeSet<>(plain);
    all.addAll(kits);
    return all;
  }
}
