package dev.usher.handler;

import static dev.usher.handler.fixture.ScriptedGateway.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.usher.handler.fixture.ScriptedGateway;
import dev.usher.wire.Announcement;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandlerInstanceTest {

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedGateway gateway = new ScriptedGateway(vertx, "gateway-1", "node-1");
  private final Queue<Promise<Object>> held = new ConcurrentLinkedQueue<>();
  private final Semaphore started = new Semaphore(0);
  private final AtomicInteger calls = new AtomicInteger();
  private String deployment = "";

  @BeforeEach
  void listen() {
    await(gateway.listen());
  }

  @AfterEach
  void close() {
    // What a test left unanswered would make its handler drain to the limit.
    held.forEach(promise -> promise.tryFail("test over"));
    await(vertx.close());
  }

  @Test
  void resultOfAHandlerIsKept() throws Exception {
    Announcement instance =
        deploy(signup -> Future.succeededFuture(new JsonObject().put("sent", 1)));

    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome())
        .isEqualTo(
            new OutcomeFrame.Item("signup_1.mail", 1, Verdict.SUCCEEDED, -1, "{\"sent\":1}"));
  }

  @Test
  void noResultIsAnEmptyText() throws Exception {
    Announcement instance = deploy(signup -> Future.succeededFuture());

    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome().text()).isEmpty();
  }

  @Test
  void tooLongResultIsDroppedAndTheDeliverySucceeds() throws Exception {
    Announcement instance = deploy(signup -> Future.succeededFuture("x".repeat(5_000)));

    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome())
        .isEqualTo(new OutcomeFrame.Item("signup_1.mail", 1, Verdict.SUCCEEDED, -1, ""));
  }

  @Test
  void objectThatIsNoPlainResultIsNotKept() throws Exception {
    Announcement instance = deploy(signup -> Future.succeededFuture(signup));

    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome().text()).isEmpty();
  }

  @Test
  void rejectedEndsTheDelivery() throws Exception {
    Announcement instance = deploy(signup -> Future.failedFuture(new Rejected("no such\nlist")));

    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome())
        .isEqualTo(new OutcomeFrame.Item("signup_1.mail", 1, Verdict.REJECTED, -1, "no such list"));
  }

  @Test
  void missingFieldRejects() throws Exception {
    Announcement instance = deploy(signup -> Future.succeededFuture(signup.text("email")));

    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome())
        .isEqualTo(
            new OutcomeFrame.Item(
                "signup_1.mail", 1, Verdict.REJECTED, -1, "\"email\" is missing"));
  }

  @Test
  void retryLaterNamesTheWait() throws Exception {
    Announcement instance =
        deploy(
            signup -> {
              throw new RetryLater(Duration.ofSeconds(7), "list is locked");
            });

    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome())
        .isEqualTo(
            new OutcomeFrame.Item("signup_1.mail", 1, Verdict.FAILED, 7_000, "list is locked"));
  }

  @Test
  void anyThrowableFailsItsOwnAttemptOnly() throws Exception {
    Announcement instance =
        deploy(
            signup -> {
              if (signup.id().equals("signup_1")) {
                throw new NoClassDefFoundError("org/example/Missing");
              }
              return Future.succeededFuture();
            });

    gateway.deliver(instance, "signup_1.mail", "signup_2.mail");

    assertThat(List.of(gateway.outcome(), gateway.outcome()))
        .containsExactly(
            new OutcomeFrame.Item(
                "signup_1.mail",
                1,
                Verdict.FAILED,
                -1,
                "NoClassDefFoundError: org/example/Missing"),
            new OutcomeFrame.Item("signup_2.mail", 1, Verdict.SUCCEEDED, -1, ""));
  }

  @Test
  void handlerThatReturnsNullFails() throws Exception {
    Announcement instance = deploy(signup -> null);

    gateway.deliver(instance, "signup_1.mail");

    OutcomeFrame.Item outcome = gateway.outcome();
    assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(outcome.text()).contains("returned null");
  }

  @Test
  void outcomesOfOneTurnShareAFrame() throws Exception {
    Announcement instance = deploy(signup -> Future.succeededFuture());

    gateway.deliver(instance, "signup_1.mail", "signup_2.mail", "signup_3.mail");

    assertThat(gateway.frame().items())
        .extracting(OutcomeFrame.Item::delivery)
        .containsExactly("signup_1.mail", "signup_2.mail", "signup_3.mail");
  }

  @Test
  void quickOutcomeDoesNotWaitForASlowOneOfItsFrame() throws Exception {
    Announcement instance =
        deploy(signup -> signup.id().equals("signup_1") ? hold(signup) : Future.succeededFuture());

    gateway.deliver(instance, "signup_1.mail", "signup_2.mail");

    assertThat(gateway.outcome().delivery()).isEqualTo("signup_2.mail");
    held.remove().complete("late");
    assertThat(gateway.outcome().text()).isEqualTo("\"late\"");
  }

  @Test
  void attemptOfARunningDeliveryJoinsIt() throws Exception {
    Announcement instance = deploy(this::hold);

    gateway.deliver(instance, "signup_1.mail");
    gateway.deliver(instance, List.of(item("signup_1.mail", 2), item("signup_2.mail", 1)));
    awaitHeld(2);
    held.remove().complete("done");

    assertThat(gateway.frame().items())
        .extracting(OutcomeFrame.Item::attempt, OutcomeFrame.Item::text)
        .containsExactly(tuple(1, "\"done\""), tuple(2, "\"done\""));
    assertThat(calls).hasValue(2);
  }

  @Test
  void joinedAttemptOfAnotherGatewayIsAnsweredToThatGateway() throws Exception {
    ScriptedGateway other = new ScriptedGateway(vertx, "gateway-2", "node-2");
    await(other.listen());
    Announcement instance = deploy(this::hold);

    gateway.deliver(instance, "signup_1.mail");
    other.deliver(instance, List.of(item("signup_1.mail", 2)));
    gateway.deliver(instance, "signup_2.mail");
    awaitHeld(2);
    held.remove().complete();

    assertThat(gateway.outcome().attempt()).isEqualTo(1);
    assertThat(other.outcome().attempt()).isEqualTo(2);
  }

  @Test
  void deliveryThatSucceededIsAnsweredAndNotRunAgain() throws Exception {
    Announcement instance =
        deploy(signup -> Future.succeededFuture("call " + calls.incrementAndGet()));

    gateway.deliver(instance, "signup_1.mail");
    assertThat(gateway.outcome().text()).isEqualTo("\"call 1\"");
    gateway.deliver(instance, List.of(item("signup_1.mail", 2)));

    assertThat(gateway.outcome())
        .isEqualTo(new OutcomeFrame.Item("signup_1.mail", 2, Verdict.SUCCEEDED, -1, "\"call 1\""));
  }

  @Test
  void deliveryThatFailedRunsAgain() throws Exception {
    Announcement instance =
        deploy(signup -> Future.failedFuture("failure " + calls.incrementAndGet()));

    gateway.deliver(instance, "signup_1.mail");
    assertThat(gateway.outcome().text()).endsWith("failure 1");
    gateway.deliver(instance, List.of(item("signup_1.mail", 2)));

    assertThat(gateway.outcome().text()).endsWith("failure 2");
  }

  @Test
  void deliveryBeyondTheSlotsIsRefusedAtOnce() throws Exception {
    Announcement instance = deploy(this::hold, 2);

    gateway.deliver(instance, "signup_1.mail", "signup_2.mail", "signup_3.mail");

    OutcomeFrame.Item refused = gateway.outcome();
    assertThat(refused.delivery()).isEqualTo("signup_3.mail");
    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(calls).hasValue(2);
  }

  @Test
  void slotIsFreeAgainOnceItsDeliveryEnded() throws Exception {
    Announcement instance = deploy(this::hold, 1);

    gateway.deliver(instance, "signup_1.mail");
    awaitHeld(1);
    held.remove().complete();
    assertThat(gateway.outcome().verdict()).isEqualTo(Verdict.SUCCEEDED);
    gateway.deliver(instance, "signup_2.mail");
    awaitHeld(1);
    held.remove().complete();

    assertThat(gateway.outcome())
        .isEqualTo(new OutcomeFrame.Item("signup_2.mail", 1, Verdict.SUCCEEDED, -1, ""));
  }

  @Test
  void drainRefusesNewDeliveriesAndWaitsForRunningOnes() throws Exception {
    Announcement instance = deploy(this::hold);
    gateway.deliver(instance, "signup_1.mail");
    awaitHeld(1);

    Future<Void> gone = vertx.undeploy(deployment);
    assertThat(gateway.announcement(InstanceState.DRAINING).free()).isEqualTo(255);
    gateway.deliver(instance, "signup_2.mail");
    assertThat(gateway.outcome())
        .isEqualTo(new OutcomeFrame.Item("signup_2.mail", 1, Verdict.REFUSED, -1, "draining"));
    assertThat(gone.isComplete()).isFalse();
    held.remove().complete();

    assertThat(gateway.outcome().delivery()).isEqualTo("signup_1.mail");
    Announcement down = gateway.announcement(InstanceState.DOWN);
    assertThat(down.instance()).isEqualTo(instance.instance());
    assertThat(down.isIdle()).isTrue();
    await(gone);
  }

  @Test
  void drainGivesUpAtItsLimit() throws Exception {
    HandlerInstance instance = instance(() -> this::hold, OptionalInt.empty(), Duration.ZERO);
    deployment = await(vertx.deployVerticle(instance));
    Announcement announced = gateway.announcement();
    gateway.deliver(announced, "signup_1.mail");
    awaitHeld(1);

    await(vertx.undeploy(deployment));

    assertThat(gateway.announcement(InstanceState.DOWN).free()).isEqualTo(255);
  }

  @Test
  void outcomeThatReachedNoGatewayKeepsItsSlotAtTheEnd() throws Exception {
    Announcement instance = deploy(signup -> Future.succeededFuture());
    DeliveryFrame fromTheDead =
        new DeliveryFrame("gateway-that-died", List.of(item("signup_1.mail", 1)));
    gateway.send(instance, fromTheDead.encode());
    gateway.deliver(instance, "signup_2.mail");
    assertThat(gateway.outcome().delivery()).isEqualTo("signup_2.mail");

    await(vertx.undeploy(deployment));

    Announcement down = gateway.announcement(InstanceState.DOWN);
    assertThat(down.isIdle()).isFalse();
    assertThat(down.free()).isEqualTo(255);
  }

  @Test
  void handlerIsStoppedAfterTheLastDelivery() throws Exception {
    Queue<String> order = new ConcurrentLinkedQueue<>();
    Announcement instance =
        deploy(
            new SignupHandler() {
              @Override
              public Future<?> handle(Signup signup) {
                return hold(signup).onComplete(done -> order.add("handled"));
              }

              @Override
              public Future<?> stop() {
                order.add("stopped");
                return Future.failedFuture("a stop that fails holds nothing up");
              }
            });
    gateway.deliver(instance, "signup_1.mail");
    awaitHeld(1);

    Future<Void> gone = vertx.undeploy(deployment);
    gateway.announcement(InstanceState.DRAINING);
    held.remove().complete();
    await(gone);

    assertThat(order).containsExactly("handled", "stopped");
  }

  @Test
  void unreadableMessageIsDroppedAndTheNextOneServed() throws Exception {
    Announcement instance = deploy(signup -> Future.succeededFuture());

    gateway.send(instance, Buffer.buffer());
    gateway.send(instance, Buffer.buffer(new byte[] {9, 9, 9}));
    gateway.send(instance, Buffer.buffer(new byte[] {1, 0, 0}));
    gateway.send(instance, "text");
    gateway.send(instance, null);
    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome().delivery()).isEqualTo("signup_1.mail");
  }

  @Test
  void instanceIntroducesItself() throws Exception {
    Announcement instance = deploy(signup -> Future.succeededFuture());

    assertThat(instance)
        .isEqualTo(
            new Announcement(
                instance.instance(),
                "node-7",
                "signup.email",
                "welcome-email",
                "dev",
                "mail#7",
                "java",
                256,
                256,
                InstanceState.UP,
                1));
    assertThat(instance.instance()).matches("welcome-email-[0-9a-v]{12}");
  }

  @Test
  void askingGatewayIsAnsweredAtOnceAndWithTheSlotsTaken() throws Exception {
    Announcement instance = deploy(this::hold);
    gateway.deliver(instance, "signup_1.mail");
    awaitHeld(1);

    gateway.beacon(false);
    gateway.send(instance, "nothing");
    vertx.eventBus().publish("usher.gateways", "not a beacon");
    long asked = System.nanoTime();
    gateway.beacon(true);

    assertThat(gateway.announcement().free()).isEqualTo(255);
    assertThat(Duration.ofNanos(System.nanoTime() - asked))
        .isLessThan(Duration.ofMillis(Announcement.EVERY_MS));
  }

  @Test
  void handlerThatCannotBeMadeFailsTheStartAndIsNeverAnnounced() {
    HandlerInstance instance =
        instance(
            () -> {
              throw new IllegalStateException("no template");
            },
            OptionalInt.empty(),
            DRAIN_LIMIT);

    assertThatThrownBy(() -> await(vertx.deployVerticle(instance)))
        .hasRootCauseMessage("no template");
  }

  @Test
  void handlerIsMadeOnAThreadThatMayBlockWithTheContextOfItsInstance() throws Exception {
    CompletableFuture<Boolean> madeOnLoop = new CompletableFuture<>();
    CompletableFuture<Thread> timerThread = new CompletableFuture<>();
    CompletableFuture<Thread> handleThread = new CompletableFuture<>();
    HandlerInstance instance =
        instance(
            () -> {
              madeOnLoop.complete(Context.isOnEventLoopThread());
              vertx.setTimer(1, timer -> timerThread.complete(Thread.currentThread()));
              return signup -> {
                handleThread.complete(Thread.currentThread());
                return Future.succeededFuture();
              };
            },
            OptionalInt.empty(),
            DRAIN_LIMIT);
    deployment = await(vertx.deployVerticle(instance));

    gateway.deliver(gateway.announcement(), "signup_1.mail");

    assertThat(madeOnLoop.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(handleThread.get(10, TimeUnit.SECONDS))
        .isEqualTo(timerThread.get(10, TimeUnit.SECONDS));
  }

  @Test
  void blockingHandlersRunSideBySideAndNeverHoldTheLoop() throws Exception {
    CountDownLatch bothInside = new CountDownLatch(2);
    Announcement instance =
        deploy(
            SignupHandler.blocking(
                signup -> {
                  if (Context.isOnEventLoopThread()) {
                    throw new Rejected("on the event loop");
                  }
                  bothInside.countDown();
                  return bothInside.await(10, TimeUnit.SECONDS);
                }));

    assertThat(instance.slots()).isEqualTo(16);
    gateway.deliver(instance, "signup_1.mail", "signup_2.mail");

    assertThat(gateway.outcome().text()).isEqualTo("true");
    assertThat(gateway.outcome().text()).isEqualTo("true");
  }

  @Test
  void everySlotOfABlockingHandlerHasItsThread() throws Exception {
    int slots = 40;
    CountDownLatch allInside = new CountDownLatch(slots);
    Announcement instance =
        deploy(
            SignupHandler.blocking(
                signup -> {
                  allInside.countDown();
                  return allInside.await(10, TimeUnit.SECONDS);
                }),
            slots);

    for (int i = 0; i < slots; i++) {
      gateway.deliver(instance, "signup_" + i + ".mail");
    }

    for (int i = 0; i < slots; i++) {
      assertThat(gateway.outcome().text()).isEqualTo("true");
    }
  }

  @Test
  void exceptionOfABlockingHandlerFailsTheAttempt() throws Exception {
    Announcement instance =
        deploy(
            SignupHandler.blocking(
                signup -> {
                  throw new java.io.IOException("disk full");
                }));

    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome().text()).isEqualTo("IOException: disk full");
  }

  @Test
  void futureThatCompletesOnAForeignThreadIsAnswered() throws Exception {
    Announcement instance =
        deploy(
            signup ->
                Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(
                        () -> {
                          throw new Rejected("unknown list");
                        })));

    gateway.deliver(instance, "signup_1.mail");

    assertThat(gateway.outcome())
        .isEqualTo(new OutcomeFrame.Item("signup_1.mail", 1, Verdict.REJECTED, -1, "unknown list"));
  }

  private Announcement deploy(SignupHandler handler) throws InterruptedException {
    return deploy(() -> handler, OptionalInt.empty());
  }

  private Announcement deploy(SignupHandler handler, int slots) throws InterruptedException {
    return deploy(() -> handler, OptionalInt.of(slots));
  }

  private Announcement deploy(Supplier<SignupHandler> maker, OptionalInt slots)
      throws InterruptedException {
    deployment = await(vertx.deployVerticle(instance(maker, slots, DRAIN_LIMIT)));
    return gateway.announcement();
  }

  private static HandlerInstance instance(
      Supplier<SignupHandler> maker, OptionalInt slots, Duration drainLimit) {
    return new HandlerInstance(
        new HandlerDescription("node-7", "signup.email", "welcome-email", "mail#7", slots),
        maker,
        drainLimit);
  }

  /** A handler that ends when the test says so. */
  private Future<?> hold(Signup signup) {
    calls.incrementAndGet();
    Promise<Object> promise = Promise.promise();
    held.add(promise);
    started.release();
    return promise.future();
  }

  private void awaitHeld(int count) throws InterruptedException {
    assertThat(started.tryAcquire(count, 10, TimeUnit.SECONDS)).isTrue();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
