package dev.usher.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.AttemptPolicy;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Delivery;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Page;
import dev.usher.gateway.pipeline.ReasonClass;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.SignupRecord;
import dev.usher.gateway.pipeline.SignupState;
import dev.usher.gateway.pipeline.Step;
import dev.usher.gateway.pipeline.Totals;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pipeline may rely on, whatever the journal is made of. */
abstract class JournalContract {

  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final byte[] PAYLOAD = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final Page.Limit PLENTY = new Page.Limit(1_000, 1 << 20);

  final ManualLoop loop = new ManualLoop();
  Journal journal;

  /** Opens the journal of this test: empty at first, then as it was left. */
  abstract Journal open() throws Exception;

  /** Closes it in good order. */
  abstract void close(Journal open) throws Exception;

  @BeforeEach
  void openTheJournal() throws Exception {
    journal = open();
  }

  @AfterEach
  void closeTheJournal() throws Exception {
    close(journal);
  }

  @Test
  void whatWasWrittenIsThereOnceItsFutureCompletes() {
    Signup signup = accept(1, fresh("mail", true), fresh("crm", false));

    SignupRecord found = find(signup.id()).orElseThrow();

    assertThat(found.signup().seq()).isEqualTo(1);
    assertThat(found.signup().acceptedAt()).isEqualTo(NOW);
    assertThat(found.signup().payload()).isEqualTo(PAYLOAD);
    assertThat(found.state()).isEqualTo(SignupState.OPEN);
    assertThat(found.deliveries())
        .containsExactly(
            new SignupRecord.Line(
                "mail",
                true,
                DeliveryState.PENDING,
                Lane.FRESH,
                Instant.EPOCH,
                0,
                Optional.empty(),
                0),
            new SignupRecord.Line(
                "crm",
                false,
                DeliveryState.PENDING,
                Lane.FRESH,
                Instant.EPOCH,
                0,
                Optional.empty(),
                0));
    assertThat(find("signup_other")).isEmpty();
  }

  @Test
  void whatHasWaitedLongestIsTheFirstAcceptedOrWhatCameDueBeforeIt() {
    assertThat(oldestDue("mail")).isEmpty();
    accept(1, planned("mail", Lane.DELAYED, NOW.plusSeconds(60)));
    assertThat(oldestDue("mail")).as("its time has not come").isEmpty();

    accept(2, fresh("mail", true));
    accept(3, fresh("mail", true), planned("crm", Lane.DELAYED, NOW.minusSeconds(1)));
    assertThat(oldestDue("mail")).contains(NOW);
    assertThat(oldestDue("crm")).contains(NOW.minusSeconds(1));

    accept(4, planned("mail", Lane.DELAYED, NOW.minusSeconds(5)));
    accept(5, planned("mail", Lane.HELD, Instant.EPOCH));
    assertThat(oldestDue("mail")).contains(NOW.minusSeconds(5));
    assertThat(oldestDue("other")).isEmpty();
  }

  @Test
  void whatAppliedIsToldBeforeItsFutureCompletesAndNothingElseIs() {
    List<String> told = new ArrayList<>();
    journal.onApplied((change, applied) -> told.add(change.seq() + " " + applied.became()));
    accept(1, fresh("mail", true));
    List<String> toldWhenComplete = new ArrayList<>();
    var unused =
        journal
            .write(new Change.LateSuccess(1, "signup_1", "mail", 1, "", NOW))
            .onSuccess(done -> toldWhenComplete.addAll(told));
    write(new Change.LateSuccess(9, "signup_9", "mail", 1, "", NOW));

    assertThat(told)
        .containsExactly("1 Optional[OPEN]", "1 Optional[COMPLETED]")
        .isEqualTo(toldWhenComplete);
  }

  @Test
  void futuresCompleteOnTheLoopInTheOrderOfTheWrites() {
    List<Integer> completed = new ArrayList<>();
    List<Future<Applied>> writes =
        IntStream.rangeClosed(1, 500)
            .mapToObj(
                seq ->
                    journal
                        .write(new Change.Accept(signup(seq), 1, List.of(fresh("mail", true))))
                        .onSuccess(applied -> completed.add(seq)))
            .toList();

    assertThat(completed).as("before the loop turned").isEmpty();
    writes.forEach(this::await);

    assertThat(completed).isEqualTo(IntStream.rangeClosed(1, 500).boxed().toList());
  }

  @Test
  void startAppliesOnlyToADeliveryThatStandsWhereItIsThoughtToStand() {
    accept(1, fresh("mail", true));

    assertThat(write(start(1, Lane.TIMED, 1))).as("other lane").isFalse();
    assertThat(write(start(1, Lane.FRESH, 2))).as("other number").isFalse();
    assertThat(write(start(1, Lane.FRESH, 1))).isTrue();
    assertThat(write(start(1, Lane.FRESH, 1))).as("twice").isFalse();
    assertThat(write(start(9, Lane.FRESH, 1))).as("no such signup").isFalse();
    assertThat(totals().running()).isEqualTo(1);
    assertThat(totals().fresh()).isZero();
  }

  @Test
  void endAppliesOnlyToTheAttemptThatRuns() {
    accept(1, fresh("mail", true));
    assertThat(write(end(1, 1, Outcome.SUCCEEDED, succeeded(1)))).as("not started").isFalse();
    write(start(1, Lane.FRESH, 1));

    assertThat(write(end(1, 2, Outcome.SUCCEEDED, succeeded(2)))).as("other number").isFalse();
    assertThat(write(end(1, 1, Outcome.SUCCEEDED, succeeded(1)))).isTrue();
    assertThat(write(end(1, 1, Outcome.FAILED, again(NOW, 1)))).as("moved on").isFalse();
    assertThat(totals()).isEqualTo(new Totals.Deliveries(0, 0, 0, 0, 0, 0, 1, 0, 0));
  }

  @Test
  void pagesOfFreshDeliveriesComeInOrderOfAcceptance() {
    LongStream.rangeClosed(1, 10).forEach(seq -> accept(seq, fresh("mail", true)));
    write(start(3, Lane.FRESH, 1));

    Page first = await(journal.fresh("mail", 0, new Page.Limit(4, 1 << 20)));
    Page rest = await(journal.fresh("mail", 5, PLENTY));

    assertThat(seqs(first.deliveries())).containsExactly(1L, 2L, 4L, 5L);
    assertThat(first.isLast()).isFalse();
    assertThat(seqs(rest.deliveries())).containsExactly(6L, 7L, 8L, 9L, 10L);
    assertThat(rest.isLast()).isTrue();
    assertThat(rest.deliveries().get(0)).isEqualTo(planned(rest.deliveries().get(0).signup()));
    assertThat(await(journal.fresh("unknown", 0, PLENTY)).deliveries()).isEmpty();
  }

  @Test
  void pageEndsWhenItHasItsBytes() {
    LongStream.rangeClosed(1, 10).forEach(seq -> accept(seq, fresh("mail", true)));

    Page page = await(journal.fresh("mail", 0, new Page.Limit(100, PAYLOAD.length * 3L)));

    assertThat(page.deliveries()).hasSize(3);
    assertThat(page.isLast()).isFalse();
    assertThat(await(journal.fresh("mail", 9, new Page.Limit(100, 1))).deliveries()).hasSize(1);
  }

  @Test
  void timedDeliveriesComeEarliestFirst() {
    long[] seconds = {30, 10, 20};
    for (int seq = 1; seq <= 3; seq++) {
      accept(seq, fresh("mail", true));
      write(start(seq, Lane.FRESH, 1));
      write(end(seq, 1, Outcome.FAILED, again(NOW.plusSeconds(seconds[seq - 1]), 1)));
    }

    List<Delivery> timed =
        await(journal.timed("mail", Lane.TIMED, new Page.Limit(2, 1 << 20))).deliveries();

    assertThat(seqs(timed)).containsExactly(2L, 3L);
    assertThat(timed.get(0).due()).isEqualTo(NOW.plusSeconds(10));
    assertThat(timed.get(0).attempts()).isEqualTo(1);
    assertThat(timed.get(0).since()).contains(NOW);
    assertThat(timed.get(0).lane()).isEqualTo(Lane.TIMED);
    assertThat(totals().timed()).isEqualTo(3);
  }

  @Test
  void recordedStartsAreFoundInOrderOfAcceptance() {
    accept(1, started("mail"), fresh("crm", false));
    accept(2, fresh("mail", true));
    accept(3, started("crm"));
    write(start(2, Lane.FRESH, 1));

    List<Delivery> running = await(journal.running(0, 10)).deliveries();

    assertThat(seqs(running)).containsExactly(1L, 2L, 3L);
    assertThat(running.get(0).attempts()).isEqualTo(1);
    assertThat(seqs(await(journal.running(1, 1)).deliveries())).containsExactly(2L);
  }

  @Test
  void lateSuccessCountsFromPendingRunningAndDeadButNotTwice() {
    accept(1, started("mail"));
    write(end(1, 1, Outcome.TIMED_OUT, again(NOW, 1)));
    accept(2, started("mail"));
    accept(3, started("mail"));
    write(end(3, 1, Outcome.TIMED_OUT, dead(1)));
    assertThat(journal.totals().failed()).isEqualTo(1);

    for (long seq = 1; seq <= 3; seq++) {
      assertThat(write(new Change.LateSuccess(seq, "signup_" + seq, "mail", 1, "\"ok\"", NOW)))
          .isTrue();
      assertThat(write(new Change.LateSuccess(seq, "signup_" + seq, "mail", 1, "\"ok\"", NOW)))
          .isFalse();
    }

    assertThat(totals()).isEqualTo(new Totals.Deliveries(0, 0, 0, 0, 0, 0, 3, 0, 0));
    assertThat(journal.totals().completed()).isEqualTo(3);
    assertThat(journal.totals().failed()).isZero();
    assertThat(write(new Change.LateSuccess(9, "signup_9", "mail", 1, "", NOW))).isFalse();
  }

  @Test
  void deadLettersArePagedAndCountedByReasonClass() {
    String[] reasons = {"450 mailbox of ann@x.org busy", "", "450 mailbox of bob@x.org busy"};
    for (int seq = 1; seq <= 3; seq++) {
      accept(seq, started("mail"));
      Ending ending = new Ending(Outcome.FAILED, reasons[seq - 1]);
      write(new Change.End(seq, "signup_" + seq, "mail", true, 1, ending, Duration.ZERO, dead(1)));
    }
    DeadLetter.Filter busy =
        new DeadLetter.Filter(
            Set.of(),
            Optional.of("mail"),
            Optional.of(Cause.OUTCOME_UNKNOWN),
            Optional.of(new ReasonClass("450 mailbox of * busy")),
            Optional.of(NOW));

    List<DeadLetter> first = await(journal.dead(busy, DeadLetter.Position.START, 1));
    assertThat(first).extracting(DeadLetter::seq).containsExactly(1L);
    assertThat(await(journal.dead(busy, first.get(0).position(), 5)))
        .extracting(DeadLetter::seq)
        .containsExactly(3L);
    assertThat(await(journal.deadGroups(busy)))
        .extracting(DeadLetter.Group::count)
        .containsExactly(2L);
    assertThat(await(journal.deadGroups(DeadLetter.Filter.ALL)))
        .extracting(group -> group.reasonClass().orElseThrow().text())
        .containsExactly("450 mailbox of * busy", ReasonClass.NONE);
  }

  @Test
  void signupsAreCountedByTheirRequiredDeliveries() {
    accept(1, started("mail"), started("crm"));
    write(end(1, 1, Outcome.SUCCEEDED, succeeded(1)));
    assertThat(journal.totals().open()).isEqualTo(1);

    write(endOf("crm", 1, 1, Outcome.REJECTED, dead(1)));
    accept(2);
    accept(3, fresh("crm", false));

    assertThat(journal.totals().accepted()).isEqualTo(3);
    assertThat(journal.totals().failed()).isEqualTo(1);
    assertThat(journal.totals().completed()).isEqualTo(2);
    assertThat(find("signup_1").orElseThrow().state()).isEqualTo(SignupState.FAILED);
  }

  @Test
  void booksAndOrderSurviveReopening() throws Exception {
    accept(1, started("mail"));
    accept(2, fresh("mail", true), fresh("crm", false));
    write(end(1, 1, Outcome.SUCCEEDED, succeeded(1)));
    Totals before = journal.totals();

    close(journal);
    journal = open();

    assertThat(journal.totals()).isEqualTo(before);
    assertThat(journal.lastSeq()).isEqualTo(2);
    assertThat(seqs(await(journal.fresh("crm", 0, PLENTY)).deliveries())).containsExactly(2L);
  }

  @Test
  void closingCommitsWhatWasWrittenBefore() throws Exception {
    List<Future<Applied>> writes =
        LongStream.rangeClosed(1, 1_000)
            .mapToObj(
                seq ->
                    journal.write(new Change.Accept(signup(seq), 1, List.of(fresh("mail", true)))))
            .toList();

    close(journal);
    journal = open();

    loop.turn();
    assertThat(writes).allMatch(Future::succeeded);
    assertThat(journal.totals().accepted()).isEqualTo(1_000);
  }

  final Signup accept(long seq, Change.Planned... planned) {
    Signup signup = signup(seq);
    assertThat(write(new Change.Accept(signup, 1, List.of(planned)))).isTrue();
    return signup;
  }

  static Signup signup(long seq) {
    return new Signup(seq, "signup_" + seq, NOW, PAYLOAD);
  }

  static Change.Planned fresh(String action, boolean isRequired) {
    return new Change.Planned(action, isRequired, Lane.FRESH, Instant.EPOCH, "");
  }

  private static Change.Planned planned(String action, Lane lane, Instant due) {
    return new Change.Planned(action, true, lane, due, "");
  }

  private Optional<Instant> oldestDue(String action) {
    return await(journal.oldestDue(action, NOW));
  }

  static Change.Planned started(String action) {
    return new Change.Planned(action, true, Lane.FRESH, Instant.EPOCH, "instance-1");
  }

  static Change.Start start(long seq, Lane lane, int attempt) {
    return new Change.Start(seq, "mail", lane, attempt, NOW, "instance-" + attempt);
  }

  static Change.End end(long seq, int attempt, Outcome outcome, Step step) {
    return endOf("mail", seq, attempt, outcome, step);
  }

  static Change.End endOf(String action, long seq, int attempt, Outcome outcome, Step step) {
    Ending ending = new Ending(outcome, outcome == Outcome.SUCCEEDED ? "\"done\"" : "no luck");
    return new Change.End(
        seq, "signup_" + seq, action, true, attempt, ending, Duration.ofMillis(5), step);
  }

  static Step succeeded(int attempts) {
    return new Step(DeliveryState.SUCCEEDED, NOW, attempts, Optional.empty());
  }

  static Step again(Instant due, int attempts) {
    return new Step(DeliveryState.PENDING, due, attempts, Optional.empty());
  }

  static Step dead(int attempts) {
    return new Step(DeliveryState.DEAD, NOW, attempts, Optional.of(Cause.OUTCOME_UNKNOWN));
  }

  final boolean write(Change change) {
    return await(journal.write(change)).moved();
  }

  final <T> T await(Future<T> future) {
    loop.until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  final Optional<SignupRecord> find(String id) {
    return await(journal.find(id));
  }

  final Totals.Deliveries totals() {
    return journal.totals().of("mail");
  }

  private static List<Long> seqs(List<Delivery> deliveries) {
    return deliveries.stream().map(delivery -> delivery.signup().seq()).toList();
  }

  private static Delivery planned(Signup signup) {
    return Delivery.planned(
        signup,
        new Action("mail", true, "mail", "signup.mail", Duration.ZERO, AttemptPolicy.DEFAULT));
  }
}
