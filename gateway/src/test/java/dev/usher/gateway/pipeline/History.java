package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.fixture.BookCheck;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** One random history of a pipeline, with what must hold at each step and at its end. */
final class History implements AutoCloseable {

  private static final List<String> ACTIONS = List.of("alpha", "beta", "once", "tail", "tip");

  /** Which one an action comes after, in some configurations. */
  private static final Map<String, String> AFTER = Map.of("tail", "alpha", "tip", "tail");

  private static final int STEPS = 120;
  private static final int MOST_ROUNDS = 2_000;

  private record Sent(int attempt, Outcome outcome) {}

  private final Random random;
  private final Rig rig;
  private final BookCheck books;
  private final Map<Future<Receipt>, Set<String>> accepts = new HashMap<>();
  private final Map<String, Sent> latest = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private final Map<Long, String> ids = new HashMap<>();
  private final Map<String, Long> firstStarts = new HashMap<>();
  private final List<Attempt> timedOut = new ArrayList<>();
  private List<Action> configured = List.of();

  History(Path folder, Random random) {
    this.random = random;
    rig = new Rig(folder, 1 + random.nextInt(8));
    books = new BookCheck(folder.resolve("journal.db"));
    watch();
    configured = someActions();
    rig.start(configured.toArray(Action[]::new));
  }

  void play() {
    for (int step = 0; step < STEPS; step++) {
      step();
      if (step % 10 == 0) {
        books.check(rig.pipeline.totals());
      }
    }
  }

  /** From now on everything works, until nothing is open. */
  void heal() {
    recoverJournal();
    configured = ACTIONS.stream().map(name -> anAction(name, true)).toList();
    rig.configure(configured.toArray(Action[]::new));
    ACTIONS.forEach(name -> rig.invoker.slots("at." + name, 8));
    for (int round = 0; rig.pipeline.totals().openDeliveries() > 0 || busy(); round++) {
      assertThat(round).as("rounds until nothing is open").isLessThan(MOST_ROUNDS);
      rig.settle();
      if (rig.invoker.inFlight().isEmpty()) {
        rig.advance(Duration.ofMinutes(1));
      }
      rig.invoker.succeedAll();
    }
  }

  void check() {
    accepts.forEach(
        (accept, keys) -> {
          if (accept.succeeded()) {
            Receipt asked = accept.result();
            Receipt now = rig.receipt(asked.id());
            assertThat(now.lines().stream().map(Receipt.Line::action))
                .containsExactlyInAnyOrderElementsOf(
                    asked.lines().stream().map(Receipt.Line::action).toList());
            assertThat(now.lines())
                .allMatch(
                    line ->
                        line.state() == DeliveryState.SUCCEEDED
                            || line.state() == DeliveryState.DEAD
                            || line.state() == DeliveryState.CANCELLED);
          }
        });
    assertThat(accepts.keySet()).allMatch(Future::isComplete);
    books.check(rig.pipeline.totals());
    ACTIONS.forEach(name -> assertThat(rig.invoker.taken("at." + name)).isZero());
  }

  private boolean busy() {
    return rig.journal.isBusy() || !rig.invoker.inFlight().isEmpty();
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 28) {
      accept();
    } else if (dice < 32) {
      repair();
    } else if (dice < 42) {
      rig.journal.commit();
    } else if (dice < 50) {
      rig.journal.read();
    } else if (dice < 58) {
      rig.journal.answer();
    } else if (dice < 76) {
      answer();
    } else if (dice < 80) {
      answerLate();
    } else if (dice < 85) {
      rig.loop.advance(Duration.ofMillis(random.nextInt(5_000)));
    } else if (dice < 86) {
      rig.loop.setClock(rig.loop.now().plusSeconds(random.nextInt(7_200) - 3_600));
    } else if (dice < 90) {
      rig.invoker.slots("at." + ACTIONS.get(random.nextInt(ACTIONS.size())), random.nextInt(4));
    } else if (dice < 93) {
      configured = someActions();
      rig.configure(configured.toArray(Action[]::new));
    } else if (dice < 96) {
      failCommit();
    } else if (dice < 98) {
      breakRow();
    } else if (dice < 99) {
      rig.journal.unreadable(random.nextBoolean());
    } else {
      crash();
    }
  }

  private void accept() {
    Set<String> keys = new HashSet<>();
    ACTIONS.stream().filter(name -> random.nextBoolean()).forEach(keys::add);
    accepts.put(rig.accept(keys.toArray(String[]::new)), keys);
  }

  private void answer() {
    List<Attempt> inFlight = rig.invoker.inFlight();
    if (!inFlight.isEmpty()) {
      Attempt attempt = inFlight.get(random.nextInt(inFlight.size()));
      Outcome[] outcomes = Outcome.values();
      Outcome outcome =
          random.nextInt(3) == 0 ? outcomes[random.nextInt(outcomes.length)] : Outcome.SUCCEEDED;
      latest.put(attempt.delivery().id(), new Sent(attempt.number(), outcome));
      if (outcome.isUnknown()) {
        timedOut.add(attempt);
        unknown.add(attempt.delivery().id());
      }
      rig.invoker.answer(attempt, new Ending(outcome, "at random"));
    }
  }

  private void repair() {
    Repair[] repairs = Repair.values();
    Repair repair = random.nextBoolean() ? Repair.REDRIVE : repairs[random.nextInt(repairs.length)];
    Optional<String> action =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(ACTIONS.get(random.nextInt(ACTIONS.size())));
    DeadLetter.Filter filter =
        new DeadLetter.Filter(Set.of(), action, Optional.empty(), Optional.empty());
    var unused =
        rig.pipeline.repair(
            new Repairs.Order(repair, filter, false, OptionalInt.empty(), "local", ""));
  }

  private void answerLate() {
    if (!timedOut.isEmpty()) {
      Attempt attempt = timedOut.get(random.nextInt(timedOut.size()));
      rig.invoker.answerLate(
          attempt.delivery().id(), attempt.number(), new Ending(Outcome.SUCCEEDED, "late"));
    }
  }

  /** Somebody breaks a row that waits; whoever has it in memory already may still send it. */
  private void breakRow() {
    books.execute(
        "UPDATE delivery SET since = 'broken' WHERE (seq, action) IN (SELECT seq, action"
            + " FROM delivery WHERE state = 0 ORDER BY seq * 7919 % 101 LIMIT 1)");
  }

  private void failCommit() {
    boolean isInDoubt = random.nextBoolean();
    rig.journal.failCommit(isInDoubt && random.nextBoolean(), isInDoubt);
    for (int i = random.nextInt(6); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> accept();
        case 1 -> answer();
        case 2 -> rig.journal.answer();
        default -> rig.journal.read();
      }
    }
    recoverJournal();
  }

  private void recoverJournal() {
    rig.journal.unreadable(false);
    if (rig.journal.pressure().isDown()) {
      rig.journal.reopen();
      var unused = rig.pipeline.resume();
    }
  }

  private void crash() {
    rig.invoker.inFlight().forEach(attempt -> unknown.add(attempt.delivery().id()));
    accepts.keySet().removeIf(accept -> !accept.isComplete());
    rig.crash();
    watch();
    configured = someActions();
    rig.start(configured.toArray(Action[]::new));
    if (random.nextBoolean()) {
      ACTIONS.forEach(name -> rig.invoker.slots("at." + name, random.nextInt(4)));
    }
  }

  private void watch() {
    rig.invoker.onSend(this::sending);
    rig.journal.onDurable(this::durable);
  }

  /** What must hold when an attempt leaves. */
  private void sending(Attempt attempt) {
    String id = attempt.delivery().id();
    books.isRunning(
        attempt.delivery().signup().seq(), attempt.delivery().action(), attempt.number());
    Optional.ofNullable(latest.get(id))
        .ifPresent(
            before ->
                assertThat(attempt.number())
                    .as("attempt of %s after %s", id, before)
                    .isGreaterThanOrEqualTo(
                        before.outcome() == Outcome.REFUSED
                            ? before.attempt()
                            : before.attempt() + 1));
    if (attempt.delivery().action().equals("once")) {
      assertThat(unknown).as("sent again although it may be done").doesNotContain(id);
    }
  }

  /** First attempts start in the order of acceptance. */
  private void durable(Change change) {
    if (change instanceof Change.Repair repair) {
      repaired(ids.get(repair.seq()) + "." + repair.action());
    } else if (change instanceof Change.Accept accept) {
      ids.put(accept.signup().seq(), accept.signup().id());
    }
    if (change instanceof Change.Start start && start.lane() == Lane.FRESH) {
      first(start.action(), start.seq());
    } else if (change instanceof Change.Accept accept) {
      accept.deliveries().stream()
          .filter(planned -> !planned.startedOn().isEmpty())
          .forEach(planned -> first(planned.action(), accept.signup().seq()));
    }
  }

  /** A person may send again what may be done, and its attempts start afresh. */
  private void repaired(String id) {
    latest.remove(id);
    unknown.remove(id);
  }

  private void first(String action, long seq) {
    Long before = firstStarts.put(action, seq);
    assertThat(seq)
        .as("first attempts of %s in order", action)
        .isGreaterThan(before == null ? 0 : before);
  }

  private List<Action> someActions() {
    Map<String, Action> some = new LinkedHashMap<>();
    for (String name : ACTIONS) {
      if (random.nextInt(5) > 0) {
        Action action = anAction(name, random.nextBoolean());
        some.put(name, comesAfter(some, action));
      }
    }
    return List.copyOf(some.values());
  }

  private Action comesAfter(Map<String, Action> others, Action action) {
    Optional<Action> before =
        Optional.ofNullable(AFTER.get(action.name()))
            .map(others::get)
            .filter(other -> random.nextInt(4) > 0 && (other.required() || !action.required()));
    Duration delay =
        random.nextInt(3) > 0 ? Duration.ZERO : Duration.ofSeconds(random.nextInt(600));
    return new Action(
        action.name(),
        action.required(),
        action.key(),
        action.address(),
        before.map(Action::name),
        delay,
        action.policy());
  }

  private Action anAction(String name, boolean isRequired) {
    return Rig.action(name, isRequired, 1 + random.nextInt(6), !name.equals("once"));
  }

  @Override
  public void close() throws SQLException {
    books.close();
    rig.journal.crash();
  }
}
