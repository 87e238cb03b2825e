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

/**
 * The way of a signup: plan, one durable commit, answer, delivery, outcome. May be called from any
 * thread; lives on its {@link Loop}, and its futures complete there.
 */
public final class Pipeline {

  private final Loop loop;
  private final Journal journal;
  private final Invoker invoker;
  private final Limits limits;
  private final DoubleSupplier random;
  private final AttemptCounts counts;
  private final Repairs repairs;
  private final Backfill backfill;
  private final IdempotentRequests requests;
  private final Erasures erasures;
  private final Cancels cancels;
  private final Releases releases = new Releases(this::queue);
  private final Recovery recovery;
  private final Acceptance acceptance;
  private final Receipts receipts = new Receipts(this::queue);
  private final Verification verification;
  private final Watchers watchers;
  private final Newsroom news;
  private final Map<String, ActionQueue> queues = new LinkedHashMap<>();
  private Actions actions = new Actions(List.of());
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
    this.counts = counts;
    this.requests = new IdempotentRequests(journal, receipts::of);
    this.erasures = new Erasures(loop, journal, () -> actions.notices(), this::erased);
    this.cancels = new Cancels(loop, journal, this::queue, receipts::of);
    this.repairs = new Repairs(loop, journal, action -> queue(action).redriven(), releases);
    this.backfill = new Backfill(loop, journal, action -> queue(action).replanned());
    this.watchers = new Watchers(loop, journal, receipts::of);
    this.verification =
        new Verification(loop, journal, candidate -> acceptOnce(candidate, Loopback.ALONE));
    this.recovery = new Recovery(loop, journal, random, this::queue);
    this.acceptance =
        new Acceptance(
            loop, journal, new Admission(journal, limits, () -> isDraining), ids, this::queue);
    this.news = new Newsroom(loop, invoker::handlers);
  }

  /** Takes up what the journal holds, then delivers; completes when signups may be accepted. */
  public Future<Void> start(Actions configured, long configuredRevision) {
    return onLoop(
        () -> {
          invoker.listen(new Outcomes());
          journal.onApplied(this::applied);
          acceptance.start();
          adopt(configured, configuredRevision);
          return recovery.run();
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
    return onLoop(() -> acceptance.accept(candidate, actions));
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
    return onLoop(() -> journal.find(id).map(found -> found.map(receipts::of)));
  }

  /** Signups that a filter lets pass, newest first, before this {@link Signup#seq}. */
  public Future<SignupPage.View> signups(SignupFilter filter, long before, int limit) {
    return onLoop(() -> journal.signups(filter, before, limit).map(receipts::of));
  }

  /** Everything that happened to a signup. */
  public Future<Optional<SignupHistory.View>> history(String id) {
    return onLoop(() -> journal.history(id).map(found -> found.map(receipts::of)));
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

  /** How each version of a handler has done. */
  public Future<List<VersionStatus>> versions() {
    return onLoop(() -> Future.succeededFuture(invoker.versions()));
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

  /** Dead letters that a filter lets pass, counted by action, cause and reason class. */
  public Future<List<DeadLetter.Group>> deadLetterGroups(DeadLetter.Filter filter) {
    return onLoop(() -> journal.deadGroups(filter));
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
  public Journal.Health journalHealth() {
    return journal.pressure().health();
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
          return recovery.untilRead();
        });
  }

  private Future<Accepted> acceptOnce(Candidate candidate, Actions from) {
    return requests.accept(candidate.fingerprints(), () -> acceptance.accept(candidate, from));
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
    acceptance.follow(configuredRevision);
    List.copyOf(queues.values()).forEach(queue -> queue.configure(inForce(queue.name())));
    configured.all().forEach(action -> know(action.name()));
    // Something may be owed that this process never had a queue for: a notice, by then removed.
    journal.totals().actions().keySet().forEach(this::know);
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
      queue(notice.name()).journaled();
    }
  }

  private ActionQueue queue(String name) {
    ActionQueue known = queues.get(name);
    return known == null ? newQueue(name) : known;
  }

  private ActionQueue newQueue(String name) {
    ActionQueue queue =
        new ActionQueue(name, loop, journal, invoker, random, counts, releases, limits.window());
    queues.put(name, queue);
    queue.configure(inForce(name));
    return queue;
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

    @Override
    public void hasNewTracks(String address) {
      queues.values().stream()
          .filter(queue -> queue.action().filter(one -> one.address().equals(address)).isPresent())
          .forEach(ActionQueue::hasNewTracks);
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
}
