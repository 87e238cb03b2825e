package dev.usher.gateway.delivery;

import dev.usher.cluster.ClusterMember;
import dev.usher.gateway.LoopOf;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.AttemptPolicy;
import dev.usher.gateway.pipeline.Delivery;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Invoker;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.Slot;
import dev.usher.gateway.pipeline.Track;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An invoker in one process and handlers in another. */
final class TwoMembers {

  /** The action whose deliveries are sent. */
  static final Action MAIL =
      new Action("mail", true, "mail", "signup.mail", Duration.ZERO, AttemptPolicy.DEFAULT);

  /** Attempts that the action may have at once. */
  static final int CONCURRENCY = 100;

  private static final long PATIENCE_SECONDS = 20;

  /** What the invoker told the pipeline. */
  record Told(String delivery, int attempt, Ending ending, boolean isLate) {}

  final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();
  final String address = "at." + UUID.randomUUID();
  final String gateway = "gateway-" + UUID.randomUUID();
  final LoopOf loop;
  final BusInvoker invoker;
  private final TestCluster cluster;
  private long seqs;

  TwoMembers(TestCluster cluster) {
    this.cluster = cluster;
    loop = new LoopOf(cluster.gateway().vertx());
    invoker = new BusInvoker(cluster.gateway(), loop, gateway, () -> Set.of(address));
    onLoop(
        () -> {
          invoker.listen(new Recording());
          return invoker.start();
        });
  }

  /** The process with the handlers. */
  ClusterMember handlers() {
    return cluster.handlers();
  }

  /** Another process joins. */
  ClusterMember joinAnother() {
    return cluster.joinAnother();
  }

  /** A first attempt of a new delivery on a slot that must be free. */
  Attempt attempt(Duration timeout) {
    return attempt(delivery(), timeout);
  }

  Delivery delivery() {
    byte[] payload = "{\"username\":\"ada\"}".getBytes(StandardCharsets.UTF_8);
    long seq = ++seqs;
    Signup signup = new Signup(seq, "signup_" + seq, Instant.EPOCH, payload);
    return Delivery.planned(signup, MAIL);
  }

  /** The same delivery with its attempts counted afresh. */
  Delivery again(Delivery delivery) {
    return Delivery.planned(delivery.signup(), MAIL);
  }

  Attempt attempt(Delivery delivery, Duration timeout) {
    Slot slot =
        now(() -> reserveFor(delivery.signup()))
            .orElseThrow(() -> new AssertionError("no free slot"));
    return new Attempt(delivery.started(loop.now()), slot, loop.now(), loop.nanos(), timeout);
  }

  private Optional<Slot> reserveFor(Signup signup) {
    return invoker.reserve(address, invoker.track(address, signup), CONCURRENCY);
  }

  Optional<Slot> reserve() {
    return now(() -> invoker.reserve(address, Track.MAIN, CONCURRENCY));
  }

  boolean hasHandler() {
    return now(() -> invoker.hasHandler(address));
  }

  /** Sends all in one turn of the loop. */
  void send(Attempt... attempts) {
    now(
        () -> {
          List.of(attempts).forEach(invoker::send);
          return true;
        });
  }

  /** Sends a first attempt and waits for what comes of it. */
  Ending sent(Duration timeout) {
    Attempt attempt = attempt(timeout);
    send(attempt);
    Told ended = next();
    if (ended.isLate() || !ended.delivery().equals(attempt.delivery().id())) {
      throw new AssertionError("not the end of " + attempt.delivery().id() + ": " + ended);
    }
    return ended.ending();
  }

  Told next() {
    try {
      Told next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("the invoker told nothing");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until this holds, looked at on the loop. */
  void until(BooleanSupplier holds) {
    Promise<Void> held = Promise.promise();
    loop.run(() -> look(holds, held));
    await(held.future());
  }

  <T> T now(Supplier<T> step) {
    return onLoop(() -> Future.succeededFuture(step.get()));
  }

  static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** The invoker does nothing more; the processes stay. */
  void stop() {
    invoker.stop();
  }

  private void look(BooleanSupplier holds, Promise<Void> held) {
    if (holds.getAsBoolean()) {
      held.tryComplete();
    } else {
      var unused = loop.after(Duration.ofMillis(10), () -> look(holds, held));
    }
  }

  private <T> T onLoop(Supplier<Future<T>> step) {
    Promise<T> done = Promise.promise();
    loop.run(
        () -> {
          var unused = step.get().onComplete(done);
        });
    return await(done.future());
  }

  private final class Recording implements Invoker.Listener {

    @Override
    public void ended(Attempt attempt, Ending ending) {
      told.add(new Told(attempt.delivery().id(), attempt.number(), ending, false));
    }

    @Override
    public void endedLate(String delivery, int attempt, Ending ending) {
      told.add(new Told(delivery, attempt, ending, true));
    }

    @Override
    public void hasCapacity(String at) {}

    @Override
    public void hasNewTracks(String at) {}
  }
}
