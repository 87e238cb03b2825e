package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.LoopOf;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.News;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusNewsIT {

  private static final News ACCEPTED =
      new News.OfSignup(News.Kind.SIGNUP_ACCEPTED, Instant.EPOCH, "signup_1");
  private static final News DEAD =
      new News.OfDelivery(
          News.Kind.DELIVERY_DEAD, Instant.EPOCH, "signup_1", "mail", Cause.REJECTED);

  private final TestCluster cluster = new TestCluster();
  private final LoopOf loop = new LoopOf(cluster.gateway().vertx());
  private final List<Consumer<News>> listeners = new CopyOnWriteArrayList<>();
  private final BusNews news = new BusNews(cluster.gateway(), loop, this::listen);

  @AfterEach
  void leave() {
    news.stop();
    cluster.close();
  }

  @Test
  void observersAnywhereInTheClusterHearWhatTheyListenTo() throws InterruptedException {
    LinkedBlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    MessageConsumer<JsonObject> observer =
        cluster
            .handlers()
            .vertx()
            .eventBus()
            .<JsonObject>consumer("usher.delivery.dead", message -> heard.add(message.body()));
    TwoMembers.await(observer.completion());
    news.start();
    until(() -> !listeners.isEmpty());

    tell(ACCEPTED);
    tell(DEAD);

    assertThat(heard.poll(20, TimeUnit.SECONDS))
        .isEqualTo(
            new JsonObject()
                .put("kind", "delivery.dead")
                .put("at", "1970-01-01T00:00:00Z")
                .put("signup", "signup_1")
                .put("action", "mail")
                .put("cause", "rejected"));
    assertThat(heard).isEmpty();

    TwoMembers.await(observer.unregister());
    until(listeners::isEmpty);
  }

  @Test
  void aFloodIsCutToWhatTheBusMayCarry() {
    LinkedBlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    TwoMembers.await(
        cluster
            .gateway()
            .vertx()
            .eventBus()
            .<JsonObject>consumer("usher.signup.accepted", message -> heard.add(message.body()))
            .completion());
    news.start();
    until(() -> !listeners.isEmpty());

    loop.run(() -> repeat(20_000));
    until(() -> heard.size() >= 5_000);
    assertThat(heard.size()).isLessThan(20_000);
  }

  private void repeat(int times) {
    for (int i = 0; i < times; i++) {
      listeners.forEach(listener -> listener.accept(ACCEPTED));
    }
  }

  private void tell(News told) {
    loop.run(() -> listeners.forEach(listener -> listener.accept(told)));
  }

  private static void until(BooleanSupplier holds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private Runnable listen(Consumer<News> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
