package dev.usher.handler;

import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.OutcomeFrame;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries that an instance runs right now. A delivery takes a slot until its handler ends,
 * past its time-out too; where no slot is free it is refused at once, never queued. For the
 * instance's event loop.
 */
final class InFlight {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerInstance.class);

  /** An attempt that waits for the outcome of a running delivery. */
  private record Waiting(String gateway, int attempt) {}

  private final Context loop;
  private final SignupHandler handler;
  private final int slots;
  private final OutcomePost post;
  private final Thread loopThread = Thread.currentThread();
  private final Map<String, List<Waiting>> running = new HashMap<>();
  private final RecentOutcomes recent = new RecentOutcomes();
  private final FailureLog failures = new FailureLog();
  private @Nullable Promise<Void> idle;

  /** Must be made on the event loop. */
  InFlight(Context loop, SignupHandler handler, int slots, OutcomePost post) {
    this.loop = loop;
    this.handler = handler;
    this.slots = slots;
    this.post = post;
  }

  void accept(DeliveryFrame frame) {
    for (DeliveryFrame.Item item : frame.items()) {
      accept(frame.gateway(), item);
    }
  }

  int free() {
    return slots - running.size();
  }

  int size() {
    return running.size();
  }

  /** Refuses new deliveries from now on; done when none is in flight. */
  Future<Void> drain() {
    Promise<Void> promise = Promise.promise();
    idle = promise;
    completeIfIdle();
    return promise.future();
  }

  private void accept(String gateway, DeliveryFrame.Item item) {
    Optional<Outcome> known = recent.find(item.delivery());
    if (known.isPresent()) {
      LOG.debug("{} attempt {}: answered, it ended before", item.delivery(), item.attempt());
      post.send(gateway, known.get().of(item.delivery(), item.attempt()));
      return;
    }
    List<Waiting> alreadyRunning = running.get(item.delivery());
    if (alreadyRunning != null) {
      LOG.debug("{} attempt {}: joins the running one", item.delivery(), item.attempt());
      alreadyRunning.add(new Waiting(gateway, item.attempt()));
    } else if (idle != null) {
      refuse(gateway, item, "draining");
    } else if (free() == 0) {
      refuse(gateway, item, "no free slot of " + slots);
    } else {
      run(gateway, item);
    }
  }

  private void refuse(String gateway, DeliveryFrame.Item item, String reason) {
    LOG.debug("{} attempt {}: refused, {}", item.delivery(), item.attempt(), reason);
    post.send(gateway, Outcome.refused(reason).of(item.delivery(), item.attempt()));
  }

  private void run(String gateway, DeliveryFrame.Item item) {
    Signup signup;
    try {
      signup = Signup.received(item);
    } catch (IllegalArgumentException notADelivery) {
      post.send(gateway, Outcome.failed(notADelivery).of(item.delivery(), item.attempt()));
      return;
    }
    List<Waiting> waiting = new ArrayList<>(1);
    waiting.add(new Waiting(gateway, item.attempt()));
    running.put(item.delivery(), waiting);
    handle(signup).onComplete(result -> onLoop(() -> ended(signup, result)));
  }

  /** Whatever the handler throws, an Error too, fails its own attempt and nothing else. */
  private Future<?> handle(Signup signup) {
    try {
      Future<?> future = handler.handle(signup);
      return future == null ? returnedNull() : future;
    } catch (Throwable thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private static Future<?> returnedNull() {
    return Future.failedFuture(new NullPointerException("the handler returned null, not a Future"));
  }

  private void ended(Signup signup, AsyncResult<?> result) {
    Outcome outcome;
    if (result.succeeded()) {
      outcome = Outcome.succeeded(ResultText.of(result.result(), signup));
      LOG.debug("{}: {}", signup, outcome.verdict());
    } else {
      Throwable failure = Outcome.unwrap(result.cause());
      outcome = Outcome.failed(failure);
      if (!(failure instanceof Refused)) {
        failures.add(signup, outcome, failure);
      }
    }
    recent.add(signup.delivery(), outcome);
    answer(signup.delivery(), outcome);
    completeIfIdle();
  }

  private void answer(String delivery, Outcome outcome) {
    List<Waiting> waiting = running.remove(delivery);
    if (waiting != null) {
      for (Waiting attempt : waiting) {
        OutcomeFrame.Item item = outcome.of(delivery, attempt.attempt());
        post.send(attempt.gateway(), item);
      }
    }
  }

  private void completeIfIdle() {
    if (idle != null && running.isEmpty()) {
      idle.tryComplete();
    }
  }

  /** A handler's future may complete on any thread; most complete here, and need no detour. */
  private void onLoop(Runnable step) {
    if (Thread.currentThread() == loopThread) {
      step.run();
    } else {
      loop.runOnContext(nothing -> step.run());
    }
  }
}
