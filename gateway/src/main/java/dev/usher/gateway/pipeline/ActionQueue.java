package dev.usher.gateway.pipeline;

import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything owed to one action: which delivery is next, what is under way, and what follows each
 * attempt. One slow action has no way to slow another, for they share nothing but the journal.
 * Lives on the loop.
 *
 * <h2>In hand</h2>
 *
 * A delivery is <i>in hand</i> from the moment it is taken for an attempt until the commit of what
 * followed. Pages read from the journal may be older than that, so they skip what is in hand.
 */
final class ActionQueue {

  private static final Logger LOG = LoggerFactory.getLogger(ActionQueue.class);

  private static final Duration READ_AGAIN = Duration.ofSeconds(1);

  private final String name;
  private final Loop loop;
  private final Journal journal;
  private final Invoker invoker;
  private final DoubleSupplier random;
  private final AttemptCounts counts;
  private final Releases releases;
  private final CorruptRows corruptRows;
  private final Backlog backlog;
  private final Dispatch dispatch;
  private final Alarm alarm;
  private final RateLimit rate = new RateLimit();
  private final Caution caution = new Caution();
  private final Set<Long> inHand = new HashSet<>();

  /** In hand, and erased meanwhile. */
  private final Set<Long> abandoned = new HashSet<>();

  private final Map<Long, Attempt> running = new HashMap<>();

  /** Ends that the journal could not take; written again once it is back. */
  private final Map<Long, Change.End> unwritten = new HashMap<>();

  /** Unwritable ones whose burial the journal could not take. */
  private final Map<Long, Corrupt> unburied = new HashMap<>();

  /** Lost attempts whose action is not known yet: how it retries decides what follows them. */
  private final List<Runnable> undecided = new ArrayList<>();

  private @Nullable Action action;

  /** As last configured: decides what follows an attempt that outlives its action. */
  private @Nullable Action lastKnown;

  private int starting;
  private int committing;
  private int rewriting;
  private boolean isStopped;

  /** The journal could not take a change; nothing starts until it is back. */
  private boolean isSuspended;

  ActionQueue(
      String name,
      Loop loop,
      Journal journal,
      Invoker invoker,
      DoubleSupplier random,
      AttemptCounts counts,
      Releases releases,
      int window) {
    this.name = name;
    this.loop = loop;
    this.journal = journal;
    this.invoker = invoker;
    this.random = random;
    this.counts = counts;
    this.releases = releases;
    this.corruptRows = new CorruptRows(loop, journal);
    this.backlog = new Backlog(name, journal, window, new Owner());
    this.dispatch = new Dispatch(backlog, invoker, this::start);
    this.alarm = new Alarm(loop, this::pump);
  }

  /** Follows the configuration in force; empty while it has no such action. */
  void configure(Optional<Action> configured) {
    action = configured.orElse(null);
    if (action == null) {
      backlog.reset();
      tellOfWaiting();
    } else {
      rate.configure(action.policy().rate(), loop.nanos());
      lastKnown = action;
      List<Runnable> decidable = List.copyOf(undecided);
      undecided.clear();
      decidable.forEach(Runnable::run);
    }
    pump();
  }

  private void tellOfWaiting() {
    Totals.Deliveries owed = journal.totals().of(name);
    long open = owed.pending() + owed.running();
    if (open > 0) {
      LOG.info("{} deliveries of {} wait until that action is configured again", open, name);
    }
  }

  Optional<Action> action() {
    return Optional.ofNullable(action);
  }

  /** Whether it is configured with this address and is required, or not. */
  boolean isServedAt(String address, boolean required) {
    return action != null && action.required() == required && action.address().equals(address);
  }

  String name() {
    return name;
  }

  int inFlight() {
    return running.size();
  }

  /** Starts no more attempts; outcomes are still written. */
  void stop() {
    isStopped = true;
    alarm.cancel();
  }

  /** Attempts sent or about to be. */
  boolean isIdle() {
    return running.isEmpty() && starting == 0;
  }

  /** What a pending delivery of this lane waits for. */
  WaitingReason waitingFor(Lane lane, Instant due) {
    if (lane == Lane.HELD) {
      return WaitingReason.AFTER;
    }
    if (action == null) {
      return WaitingReason.NO_ACTION;
    }
    if (due.isAfter(loop.now())) {
      return lane == Lane.DELAYED ? WaitingReason.DELAY : WaitingReason.BACKOFF;
    }
    if (action.policy().isPaused()) {
      return WaitingReason.PAUSED;
    }
    if (!invoker.hasHandler(action.address())) {
      return WaitingReason.NO_HANDLER;
    }
    return rate.allows(loop.nanos()) ? WaitingReason.CAPACITY : WaitingReason.RATE;
  }

  /** How many of these deliveries wait for what. */
  Map<WaitingReason, Long> waiting(Totals.Deliveries deliveries) {
    Instant now = loop.now();
    long retries = action == null ? deliveries.timed() : backlog.countTimedDue(now);
    long firsts = action == null ? deliveries.delayed() : backlog.countDelayedDue(now);
    Map<WaitingReason, Long> waiting = new EnumMap<>(WaitingReason.class);
    waiting.put(
        waitingFor(Lane.FRESH, now), deliveries.fresh() + deliveries.redriven() + retries + firsts);
    waiting.merge(WaitingReason.BACKOFF, deliveries.timed() - retries, Long::sum);
    waiting.merge(WaitingReason.DELAY, deliveries.delayed() - firsts, Long::sum);
    waiting.put(WaitingReason.AFTER, deliveries.held());
    waiting.values().removeIf(count -> count <= 0);
    return waiting;
  }

  /**
   * A slot for a delivery that is being accepted, where that overtakes nobody: its start is then
   * part of the accepting transaction.
   */
  Optional<Slot> reserveForNew(Delivery delivery) {
    boolean mustWait = delivery.lane() != Lane.FRESH || wouldOvertake() || !hasRoom();
    Optional<Slot> slot = mustWait ? Optional.empty() : reserve(delivery);
    if (slot.isPresent()) {
      rate.started(loop.nanos());
      backlog.pass(delivery);
      inHand.add(delivery.signup().seq());
      starting++;
    } else {
      committing++;
    }
    return slot;
  }

  private boolean wouldOvertake() {
    return committing > 0 || !backlog.isDrained(loop.now());
  }

  /** The accepting transaction is durable. */
  void accepted(Delivery delivery, Optional<Attempt> started) {
    if (started.isPresent()) {
      starting--;
      send(started.get());
    } else {
      committing--;
      backlog.committed(delivery);
      pump();
    }
  }

  /** The accepting transaction did not happen. */
  void notAccepted(Delivery delivery, Optional<Attempt> started, Throwable why) {
    suspend(why);
    if (started.isPresent()) {
      starting--;
      inHand.remove(delivery.signup().seq());
      invoker.release(started.get().slot());
    } else {
      committing--;
    }
  }

  /** An attempt of this process with its outcome. */
  void ended(Attempt attempt, Ending ending) {
    Delivery delivery = attempt.delivery();
    long seq = delivery.signup().seq();
    Attempt current = running.get(seq);
    if (attempt.equals(current)) {
      running.remove(seq);
      counts.count(name, ending.outcome());
      hear(attempt, ending);
      Duration took = Duration.ofNanos(loop.nanos() - attempt.startedNanos());
      write(delivery, endOf(delivery, ending, took));
      AttemptLog.ended(attempt, ending);
    }
    pump();
  }

  /** A recorded start whose outcome this process can't know: a crash came between. */
  void recovered(Delivery delivery, Ending ending) {
    inHand.add(delivery.signup().seq());
    if (lastKnown == null) {
      undecided.add(() -> lost(delivery, ending));
    } else {
      lost(delivery, ending);
    }
  }

  private void lost(Delivery delivery, Ending ending) {
    counts.count(name, ending.outcome());
    write(delivery, endOf(delivery, ending, Duration.ZERO));
  }

  /** Whether this process knows how it goes on with a delivery. */
  boolean isInHand(long seq) {
    return inHand.contains(seq) || running.containsKey(seq);
  }

  /** A late success was written: whatever else was under way for it counts no more. */
  void forget(long seq) {
    running.remove(seq);
    letGo(seq);
    backlog.remove(seq);
  }

  /** It is no longer this process that knows how it goes on with a delivery. */
  private void letGo(long seq) {
    inHand.remove(seq);
    abandoned.remove(seq);
  }

  /**
   * The signup was erased: its payload must not stay, and what is under way for it is not followed
   * by another attempt.
   */
  void erased(long seq) {
    backlog.remove(seq);
    if (inHand.contains(seq)) {
      abandoned.add(seq);
    }
  }

  /** Deliveries with a time of their own were journaled without coming by here. */
  void journaled() {
    backlog.resetDelayed();
    pump();
  }

  /**
   * A person cancelled it. An attempt that runs ends as it ends; one that the windows still offer,
   * because a page was read before, finds its start refused by the journal.
   */
  void cancelled(long seq) {
    backlog.remove(seq);
  }

  /** After the journal was gone: writes what it missed and asks it for everything else anew. */
  void resume() {
    isSuspended = false;
    backlog.reset();
    List<Change.End> missed = List.copyOf(unwritten.values());
    unwritten.clear();
    missed.forEach(this::writeMissed);
    List<Corrupt> dead = List.copyOf(unburied.values());
    unburied.clear();
    dead.forEach(this::bury);
    pump();
  }

  /** What stepped aside for a canary may be for other handlers now. */
  void hasNewTracks() {
    if (!backlog.siding().isEmpty()) {
      backlog.reset();
    }
    pump();
  }

  /** A person sent dead letters round again. */
  void redriven() {
    backlog.resetRedriven();
    pump();
  }

  /** Deliveries were planned for past signups. */
  void replanned() {
    backlog.resetDelayed();
    redriven();
  }

  /** The delivery that this one was held behind has succeeded. */
  void released(Delivery delivery) {
    backlog.committed(delivery);
    pump();
  }

  private void hear(Attempt attempt, Ending ending) {
    if (!isOnTrial(attempt) && caution.heard(ending)) {
      if (ending.outcome() == Outcome.SUCCEEDED) {
        LOG.info("{} answers again: as many attempts at once as before", name);
      } else {
        LOG.warn("{} gave no answer {} times in a row: one at a time", name, Caution.PATIENCE);
      }
    }
  }

  /** A canary that hangs says nothing of the others; it has its share of the places at most. */
  private boolean isOnTrial(Attempt attempt) {
    return action != null
        && invoker.track(action.address(), attempt.delivery().signup()) == Track.CANARY;
  }

  private void writeMissed(Change.End end) {
    rewriting++;
    var unused =
        journal
            .write(end)
            .onComplete(
                written -> {
                  rewriting--;
                  if (written.failed()) {
                    missed(end, written.cause());
                  } else {
                    letGo(end.seq());
                    releases.of(List.of(written.result()));
                  }
                  if (rewriting == 0) {
                    // Applied now, or then in spite of the error: only a page knows where they are.
                    backlog.resetTimed();
                    pump();
                  }
                });
  }

  private void missed(Change.End end, Throwable why) {
    if (why instanceof ChangeUnwritable) {
      String reason = "the outcome of attempt " + end.attempt() + " can't be written";
      bury(new Corrupt(end.seq(), end.id(), name, reason));
    } else {
      suspend(why);
      unwritten.put(end.seq(), end);
    }
  }

  /** Nothing starts until the journal is back, where it is the journal that failed. */
  private void suspend(Throwable why) {
    isSuspended |= !(why instanceof ChangeUnwritable || why instanceof IdempotentRequests.KeyTaken);
  }

  /** Where even that can't be written it stays in hand: nothing touches it before a restart. */
  private void bury(Corrupt row) {
    inHand.add(row.seq());
    var unused =
        corruptRows
            .bury(List.of(row))
            .onSuccess(
                moved -> {
                  if (moved) {
                    letGo(row.seq());
                  }
                })
            .onFailure(
                why -> {
                  unburied.put(row.seq(), row);
                  suspend(why);
                });
  }

  /** Starts what can be started. */
  void pump() {
    // While the journal is away what is in hand stays there, and pages would say the same for ever.
    if (action == null || isStopped || isSuspended || journal.pressure().isDown()) {
      return;
    }
    Action current = action;
    while (hasRoom() && dispatch.startNext(current, loop.now())) {
      // As many as can start.
    }
    backlog.refill();
    setAlarm();
  }

  private boolean hasRoom() {
    return action != null
        && !isStopped
        && !isSuspended
        && !action.policy().isPaused()
        && running.size() + starting < caution.limit(action.concurrency())
        && rate.allows(loop.nanos());
  }

  private Optional<Slot> reserve(Delivery delivery) {
    return action == null ? Optional.empty() : dispatch.reserve(action, delivery);
  }

  private void start(Delivery delivery, Slot slot) {
    Attempt attempt = attempt(delivery, slot);
    long seq = delivery.signup().seq();
    boolean isMine = inHand.add(seq);
    starting++;
    rate.started(loop.nanos());
    Change.Start start =
        new Change.Start(
            seq, name, delivery.lane(), attempt.number(), attempt.startedAt(), slot.instance());
    var unused =
        journal
            .write(start)
            .onComplete(
                applied -> {
                  starting--;
                  if (applied.succeeded() && applied.result().moved()) {
                    send(attempt);
                  } else {
                    if (isMine) {
                      letGo(seq);
                    }
                    notStarted(delivery.signup(), applied);
                    invoker.release(slot);
                  }
                });
  }

  private void notStarted(Signup signup, AsyncResult<Applied> start) {
    if (start.failed()) {
      suspend(start.cause());
      if (start.cause() instanceof ChangeUnwritable) {
        bury(
            new Corrupt(
                signup.seq(), signup.id(), name, "the start of an attempt can't be written"));
      }
    }
  }

  /** The attempt that starts now on this slot. */
  Attempt attempt(Delivery delivery, Slot slot) {
    Instant now = loop.now();
    Duration timeout = action == null ? AttemptPolicy.DEFAULT_TIMEOUT : action.timeout();
    return new Attempt(delivery.started(now), slot, now, loop.nanos(), timeout);
  }

  private void send(Attempt attempt) {
    running.put(attempt.delivery().signup().seq(), attempt);
    invoker.send(attempt);
  }

  private Change.End endOf(Delivery delivery, Ending ending, Duration took) {
    Retry retry = lastKnown == null ? Retry.DEFAULT : lastKnown.retry();
    boolean isRepeatable = lastKnown == null || lastKnown.isRepeatable();
    Step step = delivery.after(ending, retry, isRepeatable, loop.now(), random.getAsDouble());
    return new Change.End(
        delivery.signup().seq(),
        delivery.signup().id(),
        name,
        delivery.required(),
        delivery.attempts(),
        ending,
        took,
        step);
  }

  private void write(Delivery delivery, Change.End end) {
    var unused =
        journal
            .write(end)
            .onSuccess(applied -> settled(delivery, end, applied))
            .onFailure(why -> missed(end, why));
  }

  private void settled(Delivery delivery, Change.End end, Applied applied) {
    boolean isLast = abandoned.contains(end.seq());
    letGo(end.seq());
    releases.of(delivery.signup(), applied);
    if (!isLast && applied.moved() && end.step().state() == DeliveryState.PENDING) {
      backlog.committed(delivery.again(end.step()));
      pump();
    }
  }

  /** What is due already waits for a slot or a handler, which announce themselves. */
  private void setAlarm() {
    Instant now = loop.now();
    Instant due = backlog.nextDueAfter(now);
    Instant onPace = onPace(now);
    alarm.set(now, due.isBefore(onPace) ? due : onPace);
  }

  /** When the rate allows the next attempt; never, where nothing waits for that. */
  private Instant onPace(Instant now) {
    long wait = rate.waitNanos(loop.nanos());
    return wait > 0 && dispatch.hasDue(now)
        ? now.plusMillis(1 + TimeUnit.NANOSECONDS.toMillis(wait))
        : Instant.MAX;
  }

  private final class Owner implements WindowOwner {

    @Override
    public boolean isInHand(long seq) {
      return inHand.contains(seq) || backlog.siding().contains(seq);
    }

    @Override
    public void filled() {
      pump();
    }

    @Override
    public void corrupt(List<Corrupt> rows) {
      var unused =
          corruptRows.bury(rows).onSuccess(this::lookAgain).onFailure(ActionQueue.this::suspend);
    }

    /** Never in a hot loop: where nothing moved, the next page may say the same. */
    private void lookAgain(boolean hasMoved) {
      if (hasMoved) {
        backlog.reset();
        pump();
      } else {
        var unused = loop.after(READ_AGAIN, () -> lookAgain(true));
      }
    }

    @Override
    public void unreadable() {
      var unused = loop.after(READ_AGAIN, ActionQueue.this::pump);
    }
  }
}
