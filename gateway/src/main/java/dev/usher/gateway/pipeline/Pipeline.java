package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a signup: plan, one durable commit, answer, delivery, outcome. May be called from any
 * thread; lives on its {@link Loop}, and its futures complete there.
 */
public final class Pipeline {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final Duration RETRY_OVERLOAD = Duration.ofSeconds(1);
  private static final Duration RECOVER_AGAIN = Duration.ofSeconds(1);

  /** Bounds the payloads that recovery holds at once. */
  private static final int RECOVERY_PAGE = 256;

  /** After a crash the deliveries that were running come back spread over this time. */
  private static final Duration RECOVERY_JITTER = Duration.ofSeconds(1);

  private final Loop loop;
  private final Journal journal;
  private final Invoker invoker;
  private final Limits limits;
  private final DoubleSupplier random;
  private final Supplier<String> ids;
  private final AttemptCounts counts;
  private final Repairs repairs;
  private final Backfill backfill;
  private final IdempotentRequests requests;
  private final Erasures erasures;
  private final Cancels cancels;
  private final Releases releases = new Releases(this::queue);
  private final Verification verification;
  private final Watchers watchers;
  private final Newsroom news;
  private final Map<String, ActionQueue> queues = new LinkedHashMap<>();
  private Actions actions = new Actions(List.of());
  private long revision;
  private long lastSeq;
  private volatile boolean isDraining;

  /**
   * Builds a pipeline that does nothing before {@link #start}.
   *
   * @param random uniform in [0, 1), for jitter
   * @param ids makes the id of a new signup
   */
  public Pipeline(
      Loop loop,
      Journal journal,
      Invoker invoker,
      Limits limits,
      DoubleSupplier random,
      Supplier<String> ids,
      AttemptCounts counts) {
    this.loop = loop;
    this.journal = journal;
    this.invoker = invoker;
    this.limits = limits;
    this.random = random;
    this.ids = ids;
    this.counts = counts;
    this.requests = new IdempotentRequests(journal, this::receipt);
    this.erasures = new Erasures(loop, journal, () -> actions.notices(), this::erased);
    this.cancels = new Cancels(loop, journal, this::queue, this::receipt);
    this.repairs = new Repairs(loop, journal, action -> queue(action).redriven(), releases);
    this.backfill = new Backfill(loop, journal, action -> queue(action).replanned());
    this.verification =
        new Verification(loop, journal, candidate -> acceptOnce(candidate, Loopback.ALONE));
    this.watchers = new Watchers(loop, journal, this::receipt);
    this.news = new Newsroom(loop, invoker::handlers);
  }

  /** Takes up what the journal holds, then delivers; completes when signups may be accepted. */
  public Future<Void> start(Actions configured, long configuredRevision) {
    return onLoop(
        () -> {
          invoker.listen(new Outcomes());
          journal.onApplied(this::applied);
          lastSeq = journal.lastSeq();
          adopt(configured, configuredRevision);
          return recover(0);
        });
  }

  /** Follows another configuration from the next signup on. */
  public void configure(Actions configured, long configuredRevision) {
    loop.run(() -> adopt(configured, configuredRevision));
  }

  /**
   * Accepts a signup: succeeds once it and its plan are durable. Fails with {@link Overloaded} or
   * {@link JournalUnavailable}, and then nothing was accepted.
   */
  public Future<Receipt> accept(Candidate candidate) {
    return onLoop(() -> acceptOnLoop(candidate, actions));
  }

  /**
   * The same for a candidate with an idempotency key: all requests with the same key become one
   * signup, and a refused one uses no key up. Fails with {@link KeyReused} when the key came before
   * with another body.
   */
  public Future<Accepted> acceptOnce(Candidate candidate) {
    return onLoop(() -> acceptOnce(candidate, actions));
  }

  /** The same for a signup that is owed the loop-back action alone, whatever is configured. */
  public Future<Accepted> acceptToVerify(Verification.Order order) {
    return onLoop(() -> verification.accept(order));
  }

  /** Removes a signup that was accepted to verify, once nothing is owed to it. */
  public Future<Verification.Removal> removeVerified(String id) {
    return onLoop(() -> verification.remove(id));
  }

  /** What a client may know of a signup, as of the last commit. */
  public Future<Optional<Receipt>> receipt(String id) {
    return onLoop(() -> journal.find(id).map(found -> found.map(this::receipt)));
  }

  /** Signups that a filter lets pass, newest first, before this {@link Signup#seq}. */
  public Future<SignupPage.View> signups(SignupFilter filter, long before, int limit) {
    return onLoop(() -> journal.signups(filter, before, limit).map(this::view));
  }

  /** Everything that happened to a signup. */
  public Future<Optional<SignupHistory.View>> history(String id) {
    return onLoop(() -> journal.history(id).map(found -> found.map(this::view)));
  }

  /** Every action that is configured or still owed something. */
  public Future<List<ActionStatus>> status() {
    return onLoop(
        () -> Future.succeededFuture(queues.values().stream().map(this::status).toList()));
  }

  /** Since when what is due and has waited longest does so, by action. */
  public Future<Map<String, Instant>> oldestDue() {
    return onLoop(
        () -> {
          Map<String, Instant> oldest = new LinkedHashMap<>();
          List<Future<Optional<Instant>>> reads = new ArrayList<>();
          for (String action : queues.keySet()) {
            reads.add(
                journal
                    .oldestDue(action, loop.now())
                    .onSuccess(found -> found.ifPresent(since -> oldest.put(action, since))));
          }
          return Future.all(reads).map(all -> oldest);
        });
  }

  /** Every handler instance that is there. */
  public Future<List<HandlerStatus>> handlers() {
    return onLoop(() -> Future.succeededFuture(invoker.handlers()));
  }

  /** Addresses at which something listens although no action uses them. */
  public Future<Set<String>> unusedAddresses() {
    return onLoop(() -> invoker.listening().map(this::withoutUsed));
  }

  /** The actions in force, then their notices. */
  public Future<List<Action>> actions() {
    return onLoop(() -> Future.succeededFuture(actions.withNotices()));
  }

  /** Dead letters that a filter lets pass, in the order of acceptance. */
  public Future<List<DeadLetter>> deadLetters(
      DeadLetter.Filter filter, DeadLetter.Position after, int limit) {
    return onLoop(() -> journal.dead(filter, after, limit));
  }

  /** All dead letters, counted by action and cause. */
  public Future<List<DeadLetter.Group>> deadLetterGroups() {
    return onLoop(journal::deadGroups);
  }

  /** Does the same to all dead letters that a filter lets pass; audited under the token's name. */
  public Future<Repairs.Report> repair(Repairs.Order order) {
    return onLoop(() -> repairs.carryOut(order));
  }

  /**
   * Takes everything of a person out of signups; completes once no file holds any of it. Audited
   * under the token's name.
   */
  public Future<Erasures.Report> erase(Erasures.Order order) {
    return onLoop(() -> erasures.carryOut(order));
  }

  /** From now on removes signups to which nothing is owed once they are this old; zero: never. */
  public void retain(Duration age) {
    loop.run(() -> new Retention(loop, journal, age).start());
  }

  /**
   * Cancels what is still owed to a signup; audited. Empty where there is no such signup, or it
   * owes no such action.
   */
  public Future<Optional<Cancellation.Report>> cancel(Cancellation order) {
    return onLoop(() -> cancels.carryOut(order));
  }

  /**
   * Plans an action for past signups that lack it; audited under the token's name. Fails with
   * {@link NoSuchElementException} where the configuration has no such action.
   */
  public Future<Backfill.Report> backfill(Backfill.Order order) {
    return onLoop(
        () -> backfill.carryOut(order, actions.find(order.lacking().action()).orElseThrow()));
  }

  /** What people did, the latest first. */
  public Future<List<AuditEntry>> audit(AuditEntry.Filter filter, long before, int limit) {
    return onLoop(() -> journal.audit(filter, before, limit));
  }

  /** Those who follow a signup. */
  public Watchers watchers() {
    return watchers;
  }

  /** What happens, as it is committed. */
  public Newsroom news() {
    return news;
  }

  /** The books as of the last commit; from any thread. */
  public Totals totals() {
    return journal.totals();
  }

  /** Whether the journal takes writes; from any thread. */
  public boolean isWritable() {
    return !journal.pressure().isDown();
  }

  /** Whether signups are refused because the disk is nearly full; from any thread. */
  public boolean isDiskLow() {
    return journal.space().isLow();
  }

  /** Whether the gateway is about to leave; from any thread. */
  public boolean isDraining() {
    return isDraining;
  }

  /** Accepts and starts nothing more; completes when no attempt is in flight. */
  public Future<Void> drain(Duration limit) {
    return onLoop(
        () -> {
          isDraining = true;
          watchers.close();
          queues.values().forEach(ActionQueue::stop);
          Promise<Void> done = Promise.promise();
          awaitIdle(done, loop.nanos() + limit.toNanos());
          return done.future();
        });
  }

  /** After the journal was gone and is back: what was in doubt is settled and delivery goes on. */
  public Future<Void> resume() {
    return onLoop(
        () -> {
          queues.values().forEach(ActionQueue::resume);
          return recoverUntilRead();
        });
  }

  private Future<Accepted> acceptOnce(Candidate candidate, Actions from) {
    return requests.accept(candidate.fingerprints(), () -> acceptOnLoop(candidate, from));
  }

  private Future<Receipt> acceptOnLoop(Candidate candidate, Actions from) {
    Optional<Overloaded> refusal = refusal();
    if (refusal.isPresent()) {
      return Future.failedFuture(refusal.get());
    }
    Signup signup = new Signup(++lastSeq, ids.get(), loop.now(), candidate.payload());
    List<New> plan = reserve(Plan.of(signup, from, candidate.hasKey()));
    List<Change.Planned> planned = plan.stream().map(New::planned).toList();
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

  private Optional<Overloaded> refusal() {
    Journal.Pressure pressure = journal.pressure();
    if (isDraining) {
      return overloaded("the gateway is shutting down");
    }
    if (pressure.isDown()) {
      return overloaded("the journal can't be written right now");
    }
    if (pressure.bytes() > limits.queueBytes()
        || pressure.ageNanos() > limits.queueAge().toNanos()) {
      return overloaded("the journal can't keep up");
    }
    if (journal.space().isLow()) {
      return overloaded("the disk is nearly full");
    }
    if (journal.totals().openDeliveries() > limits.openDeliveries()) {
      return overloaded("too many deliveries are open");
    }
    return Optional.empty();
  }

  private static Optional<Overloaded> overloaded(String message) {
    return Optional.of(new Overloaded(message, RETRY_OVERLOAD));
  }

  private List<New> reserve(Plan plan) {
    List<New> reserved = new ArrayList<>();
    for (Plan.Item item : plan.items()) {
      Delivery delivery = item.delivery();
      ActionQueue queue = queue(delivery.action());
      Optional<Attempt> started =
          queue.reserveForNew(delivery).map(slot -> queue.attempt(delivery, slot));
      reserved.add(new New(queue, delivery, item.hold(), started));
    }
    return reserved;
  }

  private Receipt receiptOf(Signup signup, List<New> plan) {
    List<Receipt.Line> lines = plan.stream().map(New::line).toList();
    boolean isOwedNothing = lines.stream().noneMatch(Receipt.Line::required);
    SignupState state = isOwedNothing ? SignupState.COMPLETED : SignupState.OPEN;
    return new Receipt(signup.id(), state, lines, 0);
  }

  /** Without the notices that it was erased, which are nothing to the client. */
  private Receipt receipt(SignupRecord found) {
    return receipt(found.signup().id(), found.planned());
  }

  private Receipt receipt(String id, List<SignupRecord.Line> deliveries) {
    List<Receipt.Line> lines = deliveries.stream().map(this::line).toList();
    return new Receipt(
        id, SignupRecord.state(deliveries), lines, SignupRecord.revision(deliveries));
  }

  private SignupPage.View view(SignupPage page) {
    return new SignupPage.View(
        page.entries().stream()
            .map(one -> new SignupPage.Seen(one.acceptedAt(), receipt(one.id(), one.deliveries())))
            .toList(),
        page.next());
  }

  private SignupHistory.View view(SignupHistory history) {
    return new SignupHistory.View(
        history, receipt(history.signup().id(), history.record().deliveries()));
  }

  private Receipt.Line line(SignupRecord.Line line) {
    Optional<WaitingReason> waitingFor =
        line.state() == DeliveryState.PENDING
            ? Optional.of(queue(line.action()).waitingFor(line.lane(), line.due()))
            : Optional.empty();
    return new Receipt.Line(line.action(), line.required(), line.state(), waitingFor);
  }

  private ActionStatus status(ActionQueue queue) {
    Totals.Deliveries deliveries = journal.totals().of(queue.name());
    return new ActionStatus(
        queue.name(), queue.action(), queue.inFlight(), deliveries, queue.waiting(deliveries));
  }

  private Set<String> withoutUsed(Set<String> listening) {
    Set<String> unused = new TreeSet<>(listening);
    actions.withNotices().forEach(action -> unused.remove(action.address()));
    unused.remove(Loopback.ADDRESS);
    return unused;
  }

  private void applied(Change change, Applied applied) {
    watchers.applied(change, applied);
    news.applied(change, applied);
  }

  private void adopt(Actions configured, long configuredRevision) {
    news.configured(configuredRevision, actions, configured);
    actions = configured;
    revision = configuredRevision;
    configured.all().forEach(action -> know(action.name()));
    // Something may be owed that this process never had a queue for: a notice, by then removed.
    journal.totals().actions().keySet().forEach(this::know);
    queues.forEach((name, queue) -> queue.configure(inForce(name)));
  }

  private Optional<Action> inForce(String name) {
    return name.equals(Loopback.NAME) ? Optional.of(Loopback.ACTION) : actions.find(name);
  }

  private void know(String action) {
    var unused = queue(action);
  }

  private void erased(Erasable signup) {
    queues.values().stream()
        .filter(queue -> !Action.isNotice(queue.name()))
        .forEach(queue -> queue.erased(signup.seq()));
    for (Change.Notice notice : actions.notices()) {
      ActionQueue queue = queue(notice.name());
      if (queue.action().isEmpty()) {
        queue.configure(actions.find(notice.name()));
      }
      queue.journaled();
    }
  }

  private ActionQueue queue(String name) {
    return queues.computeIfAbsent(name, this::newQueue);
  }

  private ActionQueue newQueue(String name) {
    ActionQueue queue =
        new ActionQueue(name, loop, journal, invoker, random, counts, releases, limits.window());
    if (name.equals(Loopback.NAME)) {
      queue.configure(inForce(name));
    }
    return queue;
  }

  private Future<Void> recoverUntilRead() {
    return recover(0).onFailure(unreadable -> recoverLater());
  }

  private void recoverLater() {
    var unused = loop.after(RECOVER_AGAIN, this::recoverAgain);
  }

  private void recoverAgain() {
    var unused = recoverUntilRead();
  }

  /** Settles every recorded start of which this process has no attempt under way. */
  private Future<Void> recover(long afterSeq) {
    return journal
        .running(afterSeq, RECOVERY_PAGE)
        .compose(
            page ->
                new CorruptRows(loop, journal)
                    .bury(page.corrupt())
                    .compose(moved -> recover(afterSeq, page, moved)));
  }

  private Future<Void> recover(long afterSeq, Page page, boolean hasBuried) {
    List<Delivery> found = page.deliveries();
    found.forEach(this::recover);
    if (page.isLast() || (found.isEmpty() && !hasBuried)) {
      return Future.succeededFuture();
    }
    // A page of nothing but corrupt rows is asked for again: these are dead by now.
    return recover(found.isEmpty() ? afterSeq : found.get(found.size() - 1).signup().seq() - 1);
  }

  private void recover(Delivery delivery) {
    ActionQueue queue = queue(delivery.action());
    if (!queue.isInHand(delivery.signup().seq())) {
      LOG.info("{} attempt {} lost: no outcome on record", delivery.id(), delivery.attempts());
      Duration jitter =
          Duration.ofMillis((long) ((double) RECOVERY_JITTER.toMillis() * random.getAsDouble()));
      queue.recovered(delivery, new Ending(Outcome.LOST, jitter, "no outcome on record"));
    }
  }

  private void succeededLate(Signup signup, String action, int attempt, Ending ending) {
    long seq = signup.seq();
    var unused =
        journal
            .write(
                new Change.LateSuccess(
                    seq, signup.id(), action, attempt, ending.text(), loop.now()))
            .onSuccess(
                applied -> {
                  if (applied.moved()) {
                    queue(action).forget(seq);
                    releases.of(signup, applied);
                  }
                });
  }

  private void awaitIdle(Promise<Void> done, long deadline) {
    Collection<ActionQueue> all = queues.values();
    if (all.stream().allMatch(ActionQueue::isIdle) || loop.nanos() > deadline) {
      done.complete();
    } else {
      var unused = loop.after(Duration.ofMillis(10), () -> awaitIdle(done, deadline));
    }
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> step) {
    return loop.call(step);
  }

  /** What the invoker tells the pipeline. */
  private final class Outcomes implements Invoker.Listener {

    @Override
    public void ended(Attempt attempt, Ending ending) {
      queue(attempt.delivery().action()).ended(attempt, ending);
    }

    @Override
    public void endedLate(String delivery, int attempt, Ending ending) {
      int dot = delivery.indexOf('.');
      if (ending.outcome() != Outcome.SUCCEEDED || dot < 0) {
        return;
      }
      String action = delivery.substring(dot + 1);
      var unused =
          journal
              .find(delivery.substring(0, dot))
              .onSuccess(
                  found ->
                      found
                          .filter(signup -> signup.owes(action))
                          .ifPresent(
                              signup -> succeededLate(signup.signup(), action, attempt, ending)));
    }

    @Override
    public void hasCapacity(String address) {
      pump(address, true);
      pump(address, false);
    }

    /** Where slots are short the required actions get them first. */
    private void pump(String address, boolean required) {
      for (ActionQueue queue : queues.values()) {
        if (queue.isServedAt(address, required)) {
          queue.pump();
        }
      }
    }
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
