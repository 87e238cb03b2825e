package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a candidate becomes a signup: plan, slots where they are free, one durable commit. Lives on
 * the loop.
 */
final class Acceptance {

  private final Loop loop;
  private final Journal journal;
  private final Admission admission;
  private final Supplier<String> ids;
  private final Function<String, ActionQueue> queues;
  private long revision;
  private long lastSeq;

  Acceptance(
      Loop loop,
      Journal journal,
      Admission admission,
      Supplier<String> ids,
      Function<String, ActionQueue> queues) {
    this.loop = loop;
    this.journal = journal;
    this.admission = admission;
    this.ids = ids;
    this.queues = queues;
  }

  /** Goes on behind what the journal holds. */
  void start() {
    lastSeq = journal.lastSeq();
  }

  /** From the next signup on this is the revision of the configuration that plans. */
  void follow(long configured) {
    revision = configured;
  }

  /**
   * Succeeds once the signup and its plan are durable. Fails with {@link Overloaded} or {@link
   * JournalUnavailable}, and then nothing was accepted; with {@link IdempotentRequests.KeyTaken}
   * where the journal has its key.
   *
   * @param actions those it is planned from
   */
  Future<Receipt> accept(Candidate candidate, Actions actions) {
    Optional<Overloaded> refusal = admission.refusal();
    if (refusal.isPresent()) {
      return Future.failedFuture(refusal.get());
    }
    Signup signup = new Signup(++lastSeq, ids.get(), loop.now(), candidate.payload());
    List<New> plan = reserve(Plan.of(signup, actions, candidate.hasKey()));
    List<Change.Planned> planned = new ArrayList<>(plan.size());
    plan.forEach(one -> planned.add(one.planned()));
    return journal
        .write(new Change.Accept(signup, revision, planned, candidate.fingerprints()))
        .onFailure(why -> plan.forEach(one -> one.notAccepted(why)))
        .map(
            durable -> {
              if (!durable.moved()) {
                IdempotentRequests.KeyTaken taken = new IdempotentRequests.KeyTaken();
                plan.forEach(one -> one.notAccepted(taken));
                throw taken;
              }
              plan.forEach(New::accepted);
              return receiptOf(signup, plan);
            });
  }

  private List<New> reserve(Plan plan) {
    List<New> reserved = new ArrayList<>(plan.items().size());
    for (Plan.Item item : plan.items()) {
      Delivery delivery = item.delivery();
      ActionQueue queue = queues.apply(delivery.action());
      Optional<Attempt> started =
          queue.reserveForNew(delivery).map(slot -> queue.attempt(delivery, slot));
      reserved.add(new New(queue, delivery, item.hold(), started));
    }
    return reserved;
  }

  private Receipt receiptOf(Signup signup, List<New> plan) {
    List<Receipt.Line> lines = new ArrayList<>(plan.size());
    boolean isOwedNothing = true;
    for (New one : plan) {
      lines.add(one.line());
      isOwedNothing &= !one.delivery().required();
    }
    SignupState state = isOwedNothing ? SignupState.COMPLETED : SignupState.OPEN;
    return new Receipt(signup.seq(), signup.id(), state, lines, 0);
  }

  /** A delivery on its way through the accepting transaction. */
  private record New(
      ActionQueue queue, Delivery delivery, Optional<Hold> hold, Optional<Attempt> started) {

    Change.Planned planned() {
      String instance = started.map(attempt -> attempt.slot().instance()).orElse("");
      return new Change.Planned(
          delivery.action(), delivery.required(), delivery.lane(), delivery.due(), instance, hold);
    }

    void accepted() {
      queue.accepted(delivery, started);
    }

    void notAccepted(Throwable why) {
      queue.notAccepted(delivery, started, why);
    }

    Receipt.Line line() {
      return started.isPresent()
          ? new Receipt.Line(
              delivery.action(), delivery.required(), DeliveryState.RUNNING, Optional.empty())
          : new Receipt.Line(
              delivery.action(),
              delivery.required(),
              DeliveryState.PENDING,
              Optional.of(queue.waitingFor(delivery.lane(), delivery.due())));
    }
  }
}
