package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cluster.ClusterMember;
import dev.usher.gateway.delivery.TwoMembers.Told;
import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Delivery;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Track;
import dev.usher.wire.Addresses;
import dev.usher.wire.Beacon;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The directory of instances and what becomes of attempts when instances come and go. */
@Timeout(120)
class BusInvokerIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofSeconds(7);
  private static final Duration GRACE = Duration.ofSeconds(4);

  private static TestCluster cluster;

  private TwoMembers members;

  @BeforeAll
  static void join() {
    cluster = new TestCluster();
  }

  @AfterAll
  static void leave() {
    cluster.close();
  }

  @BeforeEach
  void start() {
    members = new TwoMembers(cluster);
  }

  @AfterEach
  void stop() {
    members.stop();
  }

  @Test
  void startingGatewayGivesHandlersTimeBeforeItSaysThatThereAreNone() {
    assertThat(members.hasHandler()).isTrue();
    assertThat(members.reserve()).isEmpty();

    members.loop.skip(GRACE);

    assertThat(members.hasHandler()).isFalse();
  }

  @Test
  void startingGatewayAsksWhoIsThere() throws InterruptedException {
    LinkedBlockingQueue<Beacon> beacons = new LinkedBlockingQueue<>();
    MessageConsumer<JsonObject> handler =
        members
            .handlers()
            .vertx()
            .eventBus()
            .consumer(Addresses.GATEWAYS, message -> beacons.add(Beacon.fromJson(message.body())));
    TwoMembers.await(handler.completion());

    TwoMembers starting = new TwoMembers(cluster);

    Beacon heard = beacons.poll(10, TimeUnit.SECONDS);
    while (heard != null && !heard.gateway().equals(starting.gateway)) {
      heard = beacons.poll(10, TimeUnit.SECONDS);
    }
    assertThat(heard).isNotNull();
    assertThat(heard.ask()).isTrue();
    assertThat(heard.addresses()).containsExactly(starting.address);
    starting.stop();
    TwoMembers.await(handler.unregister());
  }

  @Test
  void whatIsSentInOneTurnSharesAMessageButRetriesGoAlone() {
    ScriptedKit kit = up(8).answering(Verdict.SUCCEEDED);
    Attempt first = members.attempt(LONG);
    Attempt second = members.attempt(LONG);
    Delivery tried = members.delivery().started(members.loop.now());
    Attempt retry = members.attempt(tried, LONG);

    members.send(first, second, retry);
    IntStream.range(0, 3).forEach(i -> members.next());

    assertThat(kit.frames.stream().map(frame -> frame.items().size()))
        .containsExactlyInAnyOrder(2, 1);
    DeliveryFrame alone =
        kit.frames.stream().filter(frame -> frame.items().size() == 1).findFirst().orElseThrow();
    assertThat(alone.items().get(0).attempt()).isEqualTo(2);
    assertThat(alone.items().get(0).timeoutMs()).isEqualTo(60_000);
    assertThat(alone.gateway()).isEqualTo(members.gateway);
  }

  @Test
  void neverMoreThanTheInstanceHasSlots() {
    up(2);

    assertThat(members.reserve()).isPresent();
    assertThat(members.reserve()).isPresent();
    assertThat(members.reserve()).isEmpty();
  }

  @Test
  void slotsTakenByOthersAreLeftAlone() {
    ScriptedKit kit = new ScriptedKit(members.handlers(), members.address, 4);
    announce(kit, 1);

    assertThat(members.reserve()).isPresent();
    assertThat(members.reserve()).isEmpty();
  }

  @Test
  void leastBusyInstanceIsNext() {
    ScriptedKit one = up(8);
    ScriptedKit other = up(8);

    IntStream.range(0, 6).forEach(i -> members.send(members.attempt(LONG)));
    members.until(() -> one.taken() + other.taken() == 6);

    assertThat(one.taken()).isEqualTo(3);
    assertThat(other.taken()).isEqualTo(3);
  }

  @Test
  void instanceThatIsFullWhenItAnnouncesGetsMoreAsSoonAsItAnswers() {
    ScriptedKit kit = up(1);
    Attempt attempt = members.attempt(LONG);
    members.send(attempt);
    members.until(() -> kit.taken() == 1);
    announce(kit, 0);
    assertThat(members.reserve()).isEmpty();

    kit.answer(members.gateway, attempt.delivery().id(), 1, Verdict.SUCCEEDED);
    members.next();

    assertThat(members.reserve()).isPresent();
  }

  @Test
  void instanceThatRefusesGetsNothingUntilItAnnouncesAgain() {
    ScriptedKit kit = up(8).answering(Verdict.REFUSED);

    assertThat(members.sent(LONG).outcome()).isEqualTo(Outcome.REFUSED);

    assertThat(members.reserve()).isEmpty();
    assertThat(members.hasHandler()).isTrue();
    kit.announce(InstanceState.UP, 8);
    members.until(() -> reserveAndRelease());
  }

  @Test
  void drainingInstanceGetsNothingMoreButItsOutcomesCount() {
    ScriptedKit kit = up(8);
    Attempt attempt = members.attempt(LONG);
    members.send(attempt);
    members.until(() -> kit.taken() == 1);

    kit.announce(InstanceState.DRAINING, 7);
    members.until(() -> status().state().equals("draining"));

    assertThat(members.reserve()).isEmpty();
    kit.answer(members.gateway, attempt.delivery().id(), 1, Verdict.SUCCEEDED);
    assertThat(members.next().ending().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void instanceThatIsDownWithEverySlotFreeNeverStartedWhatItDidNotAnswer() {
    ScriptedKit kit = up(8);
    members.send(members.attempt(LONG));
    members.until(() -> kit.taken() == 1);

    kit.announce(InstanceState.DOWN, 8);

    assertThat(members.next().ending().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void instanceThatIsDownLosesItsAttemptsAndNeverComesBack() {
    ScriptedKit kit = up(8);
    members.send(members.attempt(LONG));
    members.until(() -> kit.taken() == 1);

    kit.announce(InstanceState.DOWN, 7);

    assertThat(members.next().ending().outcome()).isEqualTo(Outcome.LOST);
    kit.announce(InstanceState.UP, 8);
    ScriptedKit other = up(8);
    assertThat(members.now(() -> members.invoker.handlers()))
        .extracting(HandlerStatus::instance)
        .containsExactly(other.id);
  }

  @Test
  void memberThatDiesLosesItsAttemptsAtOnce() {
    ClusterMember doomed = members.joinAnother();
    ScriptedKit kit = new ScriptedKit(doomed, members.address, 8);
    announce(kit, 8);
    members.send(members.attempt(LONG), members.attempt(LONG));
    members.until(() -> kit.taken() == 2);

    TwoMembers.await(doomed.leave());

    assertThat(List.of(members.next(), members.next()))
        .extracting(told -> told.ending().outcome())
        .containsOnly(Outcome.LOST);
    assertThat(members.reserve()).isEmpty();
  }

  @Test
  void attemptForAnInstanceThatLeftBeforeItWasSentIsRefused() {
    ScriptedKit kit = up(8);
    Attempt attempt = members.attempt(LONG);
    kit.announce(InstanceState.DOWN, 8);
    members.until(() -> members.invoker.handlers().isEmpty());

    members.send(attempt);

    assertThat(members.next().ending().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(kit.frames).isEmpty();
  }

  @Test
  void instanceThatMissesThreeBeatsGetsNothingUntilItIsHeardAgain() {
    ScriptedKit kit = up(8);
    members.loop.skip(SILENCE);

    assertThat(members.reserve()).isEmpty();
    assertThat(members.hasHandler()).isFalse();
    assertThat(members.now(this::status).state()).isEqualTo("silent");
    kit.announce(InstanceState.UP, 8);
    members.until(() -> reserveAndRelease());
  }

  @Test
  void answerAfterTheTimeOutIsLate() {
    ScriptedKit kit = up(8);
    Attempt attempt = members.attempt(Duration.ofSeconds(2));
    members.send(attempt);
    members.until(() -> kit.taken() == 1);
    members.loop.skip(Duration.ofSeconds(3));
    assertThat(members.next().ending().outcome()).isEqualTo(Outcome.TIMED_OUT);

    kit.answer(members.gateway, attempt.delivery().id(), 1, Verdict.SUCCEEDED);

    Told late = members.next();
    assertThat(late.isLate()).isTrue();
    assertThat(late.delivery()).isEqualTo(attempt.delivery().id());
    assertThat(late.attempt()).isEqualTo(1);
    assertThat(late.ending().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void answerOfAnotherInstanceIsLateThoughItsAttemptHasTheSameNumber() {
    ScriptedKit old = up(8);
    Attempt before = members.attempt(Duration.ofSeconds(2));
    members.send(before);
    members.until(() -> old.taken() == 1);
    members.loop.skip(Duration.ofSeconds(3));
    assertThat(members.next().ending().outcome()).isEqualTo(Outcome.TIMED_OUT);
    old.announce(InstanceState.DRAINING, 8);
    ScriptedKit kit = up(8);
    Attempt redriven = members.attempt(members.again(before.delivery()), Duration.ofMinutes(1));
    members.send(redriven);
    members.until(() -> kit.taken() == 1);

    old.answer(members.gateway, before.delivery().id(), 1, Verdict.REJECTED);
    assertThat(members.next().isLate()).isTrue();
    kit.answer(members.gateway, before.delivery().id(), 1, Verdict.SUCCEEDED);

    Told ended = members.next();
    assertThat(ended.isLate()).isFalse();
    assertThat(ended.ending().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void instanceOfAnotherFrameVersionGetsNothing() {
    ScriptedKit stranger = new ScriptedKit(members.handlers(), members.address, 8);
    stranger.announce(InstanceState.UP, 8, DeliveryFrame.VERSION + 1);

    ScriptedKit kit = up(8);

    assertThat(members.now(() -> members.invoker.handlers()))
        .extracting(HandlerStatus::instance)
        .containsExactly(kit.id);
  }

  @Test
  void whatNobodyCanReadHurtsNobody() {
    var bus = members.handlers().vertx().eventBus();
    bus.publish(Addresses.HANDLERS, new JsonObject().put("instance", 7));
    bus.publish(Addresses.HANDLERS, "hello");
    bus.send(Addresses.outcomes(members.gateway), "hello");
    bus.send(Addresses.outcomes(members.gateway), Buffer.buffer("x"));

    up(8).answering(Verdict.SUCCEEDED);

    assertThat(members.sent(LONG).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void kitInstancesTakeTheTrafficOfAnAddressThatAlsoHasPlainConsumers() {
    MessageConsumer<JsonObject> plain = plain();
    members.until(() -> hasPlain());

    up(8);

    assertThat(members.reserve()).map(slot -> slot.instance()).isNotEqualTo(Optional.of("plain"));
    members.loop.skip(SILENCE);
    assertThat(members.reserve()).map(slot -> slot.instance()).contains("plain");
    TwoMembers.await(plain.unregister());
  }

  @Test
  void plainConsumerIsSeenWithinASecondAndGoneOnceItUnregisters() {
    members.loop.skip(GRACE);
    MessageConsumer<JsonObject> plain = plain();
    members.until(() -> hasPlain());
    Attempt attempt = members.attempt(LONG);
    TwoMembers.await(plain.unregister());

    members.send(attempt);

    assertThat(members.next().ending().outcome()).isEqualTo(Outcome.REFUSED);
    members.until(() -> !members.invoker.hasHandler(members.address));
  }

  @Test
  void everythingThatListensIsListed() {
    MessageConsumer<JsonObject> plain = plain();
    up(8);

    assertThat(TwoMembers.await(members.invoker.listening())).contains(members.address);
    assertThat(plain.isRegistered()).isTrue();
  }

  private ScriptedKit up(int slots) {
    ScriptedKit kit = new ScriptedKit(members.handlers(), members.address, slots);
    announce(kit, slots);
    return kit;
  }

  /** Announces, and waits until the gateway has heard. */
  private void announce(ScriptedKit kit, int free) {
    ScriptedKit marker = new ScriptedKit(members.handlers(), "marker", 1);
    kit.announce(InstanceState.UP, free);
    marker.announce(InstanceState.UP, 1);
    members.until(
        () ->
            members.invoker.handlers().stream().anyMatch(one -> one.instance().equals(marker.id)));
    marker.announce(InstanceState.DOWN, 1);
    members.until(
        () ->
            members.invoker.handlers().stream().noneMatch(one -> one.instance().equals(marker.id)));
  }

  private MessageConsumer<JsonObject> plain() {
    MessageConsumer<JsonObject> consumer =
        members
            .handlers()
            .vertx()
            .eventBus()
            .consumer(members.address, message -> message.reply(null));
    TwoMembers.await(consumer.completion());
    return consumer;
  }

  private boolean hasPlain() {
    return members.invoker.handlers().stream().anyMatch(one -> !one.isKit());
  }

  private HandlerStatus status() {
    return members.invoker.handlers().get(0);
  }

  private boolean reserveAndRelease() {
    var slot = members.invoker.reserve(members.address, Track.MAIN, TwoMembers.CONCURRENCY);
    slot.ifPresent(members.invoker::release);
    return slot.isPresent();
  }
}
