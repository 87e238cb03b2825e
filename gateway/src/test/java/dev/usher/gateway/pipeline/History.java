package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.fixture.BookCheck;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** One random history of a pipeline, with what must hold at each step and at its end. */
final class History implements AutoCloseable {

  private static final List<String> ACTIONS = List.of("alpha", "beta", "once", "tail", "tip");

  /** Which one an action comes after, in some configurations. */
  private static final Map<String, String> AFTER = Map.of("tail", "alpha", "tip", "tail");

  private static final Set<String> TOLD_OF_ERASURE = Set.of("alpha", "tail");
  private static final String NOTICES = "at.erased";
  private static final List<String> ADDRESSES =
      Stream.concat(ACTIONS.stream().map(name -> "at." + name), Stream.of(NOTICES)).toList();
  private static final int IDEMPOTENCY_KEYS = 5;
  private static final int STEPS = 150;
  private static final int MOST_ROUNDS = 2_000;

  private final Random random;
  private final Rig rig;
  private final BookCheck books;
  private final Promises promises;
  private final People people;
  private final List<Future<Receipt>> accepts = new ArrayList<>();
  private final List<Attempt> timedOut = new ArrayList<>();
  private List<Action> configured = List.of();

  History(Path folder, Random random) {
    this.random = random;
    rig = new Rig(folder, 1 + random.nextInt(8));
    books = BookCheck.withPurged(folder.resolve("journal.db"));
    promises = new Promises(books);
    people = new People(random, ACTIONS);
    watch();
    configured = someActions();
    rig.start(configured.toArray(Action[]::new));
  }

  void play() {
    for (int step = 0; step < STEPS; step++) {
      step();
      if (step % 10 == 0) {
        balance();
      }
    }
  }

  private void balance() {
    books.check(rig.pipeline.totals());
    books.checkGivingUp(Rig.RETRY.giveUpAfter());
  }

  /** From now on everything works, until nothing is open. */
  void heal() {
    recoverJournal();
    configured = ACTIONS.stream().map(name -> anAction(name, true)).toList();
    rig.configure(configured.toArray(Action[]::new));
    ADDRESSES.forEach(address -> rig.invoker.slots(address, 8));
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
    assertThat(accepts).allMatch(Future::isComplete);
    assertThat(people.deeds()).allMatch(Future::isComplete);
    accepts.stream().filter(Future::succeeded).map(Future::result).forEach(this::hasEnded);
    balance();
    ADDRESSES.forEach(address -> assertThat(rig.invoker.taken(address)).as(address).isZero());
  }

  /** All that a client was promised has ended, unless it ended so long ago that it is purged. */
  private void hasEnded(Receipt asked) {
    Future<Optional<Receipt>> found = rig.pipeline.receipt(asked.id());
    rig.settle();
    if (found.result().isEmpty()) {
      assertThat(promises.wasPurged(asked.id())).as(asked.id() + " was purged").isTrue();
      return;
    }
    List<Receipt.Line> lines = found.result().get().lines();
    assertThat(lines.stream().map(Receipt.Line::action))
        .containsAll(asked.lines().stream().map(Receipt.Line::action).toList());
    assertThat(lines).noneMatch(line -> line.state().isOpen());
  }

  private boolean busy() {
    return rig.journal.isBusy() || !rig.invoker.inFlight().isEmpty();
  }

  private void step() {
    int dice = random.nextInt(110);
    if (dice < 22) {
      accept();
    } else if (dice < 34) {
      people.act(rig, promises.accepted());
    } else if (dice < 40) {
      rig.journal.commit();
    } else if (dice < 48) {
      rig.journal.commitUnheard();
    } else if (dice < 52) {
      rig.journal.hear();
    } else if (dice < 60) {
      rig.journal.read();
    } else if (dice < 67) {
      rig.journal.answer();
    } else if (dice < 83) {
      answer();
    } else if (dice < 87) {
      answerLate();
    } else if (dice < 92) {
      rig.loop.advance(Duration.ofMillis(random.nextInt(5_000)));
    } else if (dice < 93) {
      rig.loop.setClock(rig.loop.now().plusSeconds(random.nextInt(7_200) - 3_600));
    } else if (dice < 97) {
      rig.invoker.slots(ADDRESSES.get(random.nextInt(ADDRESSES.size())), random.nextInt(4));
    } else if (dice < 100) {
      configured = someActions();
      rig.configure(configured.toArray(Action[]::new));
    } else if (dice < 102) {
      someCanary();
    } else {
      mishap();
    }
  }

  private void someCanary() {
    String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
    promises.divided(action);
    rig.invoker.canary("at." + action, random.nextInt(101), random.nextInt(3));
  }

  private void mishap() {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> failCommit();
      case 3 -> breakRow();
      case 4 -> rig.journal.refuse(change -> change instanceof Change.Start);
      case 5 ->
          rig.journal.refuse(
              change -> change instanceof Change.End || change instanceof Change.Accept);
      case 6 -> rig.journal.unreadable(random.nextBoolean());
      default -> crash();
    }
  }

  private void accept() {
    Set<String> keys = new HashSet<>();
    ACTIONS.stream().filter(name -> random.nextBoolean()).forEach(keys::add);
    String payload = "{\"username\":\"ada\"}";
    Fingerprints person = Fingerprints.ofPerson(People.person(random.nextInt(People.PERSONS)));
    if (random.nextInt(3) > 0) {
      accepts.add(rig.pipeline.accept(candidate(payload, keys, person)));
      return;
    }
    byte[] key = {2, (byte) random.nextInt(IDEMPOTENCY_KEYS)};
    byte[] body = {3, (byte) (random.nextInt(4) / 3)};
    Fingerprints request = person.withRequest(key, body);
    accepts.add(
        rig.pipeline
            .acceptOnce(candidate(payload, keys, request))
            .map(Accepted::receipt)
            .onSuccess(receipt -> promises.answeredOnce(request, receipt)));
  }

  private static Candidate candidate(String payload, Set<String> keys, Fingerprints prints) {
    return new Candidate(payload.getBytes(StandardCharsets.UTF_8), keys::contains, prints);
  }

  private void answer() {
    List<Attempt> inFlight = rig.invoker.inFlight();
    if (!inFlight.isEmpty()) {
      Attempt attempt = inFlight.get(random.nextInt(inFlight.size()));
      Outcome[] outcomes = Outcome.values();
      Outcome outcome =
          random.nextInt(3) == 0 ? outcomes[random.nextInt(outcomes.length)] : Outcome.SUCCEEDED;
      promises.answered(attempt, outcome);
      if (outcome.isUnknown()) {
        timedOut.add(attempt);
      }
      rig.invoker.answer(attempt, new Ending(outcome, "this is what ada gets"));
    }
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
    rig.invoker.inFlight().forEach(promises::died);
    accepts.removeIf(accept -> !accept.isComplete());
    people.forget();
    rig.crash();
    watch();
    configured = someActions();
    rig.start(configured.toArray(Action[]::new));
    if (random.nextBoolean()) {
      ADDRESSES.forEach(address -> rig.invoker.slots(address, random.nextInt(4)));
    }
  }

  private void watch() {
    rig.invoker.onSend(promises::sending);
    rig.journal.onDurable(promises::durable);
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
        action.policy(),
        action.erased());
  }

  private Action anAction(String name, boolean isRequired) {
    Action action = Rig.action(name, isRequired, 1 + random.nextInt(6), !name.equals("once"));
    return new Action(
        name,
        isRequired,
        name,
        action.address(),
        Optional.empty(),
        Duration.ZERO,
        action.policy(),
        TOLD_OF_ERASURE.contains(name) ? Optional.of(NOTICES) : Optional.empty());
  }

  @Override
  public void close() throws SQLException {
    books.close();
    rig.journal.crash();
  }
}
