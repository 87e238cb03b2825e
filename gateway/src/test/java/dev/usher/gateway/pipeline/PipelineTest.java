package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.fixture.BookCheck;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void build() {
    rig = new Rig(folder, 4);
  }

  @AfterEach
  void theBooksBalance() throws SQLException {
    rig.end();
  }

  // Acceptance

  @Test
  void plansWhatIsRequiredAndWhatThePayloadAsksFor() {
    rig.start(Rig.action("mail"), Rig.optional("list"), Rig.optional("crm"));

    Receipt receipt = rig.accepted("list");

    assertThat(receipt.lines().stream().map(Receipt.Line::action)).containsExactly("mail", "list");
    assertThat(receipt.lines().stream().map(Receipt.Line::required)).containsExactly(true, false);
    assertThat(receipt.state()).isEqualTo(SignupState.OPEN);
  }

  @Test
  void signupThatIsOwedNothingIsCompletedAtOnce() {
    rig.start(Rig.optional("list"));

    assertThat(rig.accepted().state()).isEqualTo(SignupState.COMPLETED);
    assertThat(rig.accepted("list").state()).isEqualTo(SignupState.COMPLETED);
    assertThat(rig.pipeline.totals().completed()).isEqualTo(2);
  }

  @Test
  void nobodyHearsOfASignupAndNothingIsSentBeforeItsCommit() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 8);

    Future<Receipt> accepted = rig.accept();

    assertThat(accepted.isComplete()).isFalse();
    assertThat(rig.invoker.sent()).isEmpty();
    rig.journal.commit();
    assertThat(accepted.result().lines().get(0).state()).isEqualTo(DeliveryState.RUNNING);
    assertThat(rig.invoker.sent()).hasSize(1);
  }

  @Test
  void whereASlotIsFreeTheAcceptingCommitItselfRecordsTheStart() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 8);

    var unused = rig.accept();
    rig.journal.commit();

    assertThat(rig.journal.isBusy()).as("another commit under way").isFalse();
    assertThat(rig.pipeline.totals().of("mail").running()).isEqualTo(1);
  }

  @Test
  void journalThatFailsMeansNothingWasAcceptedAndEverySlotIsFree() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 8);
    Future<Receipt> accepted = rig.accept();

    rig.journal.failCommit(false);

    assertThat(accepted.cause()).isInstanceOf(JournalUnavailable.class);
    assertThat(rig.invoker.taken("at.mail")).isZero();
    assertThat(rig.accept().cause()).isInstanceOf(Overloaded.class);
    reopen();
    assertThat(rig.pipeline.totals().accepted()).isZero();
    assertThat(rig.accepted().lines().get(0).state()).isEqualTo(DeliveryState.RUNNING);
  }

  @Test
  void candidateThatCanNotBeReadTakesNoSlot() {
    rig.start(Rig.action("mail"), Rig.optional("list"));
    rig.invoker.slots("at.mail", 1);

    Future<Receipt> failed =
        rig.pipeline.accept(
            new Candidate(
                new byte[0],
                key -> {
                  throw new IllegalStateException("unreadable");
                }));

    assertThat(failed.cause()).hasMessage("unreadable");
    assertThat(rig.invoker.taken("at.mail")).isZero();
  }

  @Test
  void refusesWhatIsMoreThanTheLimitOfOpenDeliveries() {
    rig.start(Rig.action("mail"));
    rig.crash(new Limits(1 << 20, Duration.ofMillis(500), 2, 4));
    rig.start(Rig.action("mail"));
    IntStream.range(0, 3).forEach(i -> rig.accepted());

    Future<Receipt> refused = rig.accept();

    assertThat(refused.cause())
        .isInstanceOfSatisfying(
            Overloaded.class, overloaded -> assertThat(overloaded.retryAfter()).isPositive());
    assertThat(rig.pipeline.totals().accepted()).isEqualTo(3);
  }

  // Order and bounds

  @Test
  void backlogFarBeyondTheWindowDrainsInOrderOfAcceptance() {
    rig.start(Rig.action("mail", true, 3, true));
    IntStream.range(0, 100).forEach(i -> rig.accepted());

    rig.invoker.slots("at.mail", 100);
    drain();

    assertThat(rig.sentSeqs("mail"))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void newSignupNeverOvertakesOneThatWaits() {
    rig.start(Rig.action("mail", true, 1, true));
    rig.invoker.slots("at.mail", 1);
    IntStream.range(0, 3).forEach(i -> rig.accepted());

    rig.invoker.slots("at.mail", 2);
    rig.answer(Outcome.SUCCEEDED);
    rig.accepted();
    drain();

    assertThat(rig.sentSeqs("mail")).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void neverMoreInFlightThanTheActionAllows() {
    rig.start(Rig.action("mail", true, 3, true));
    rig.invoker.slots("at.mail", 100);

    IntStream.range(0, 10).forEach(i -> rig.accept());
    rig.settle();

    assertThat(rig.invoker.inFlight()).hasSize(3);
  }

  @Test
  void slowActionHoldsNoOther() {
    rig.start(Rig.action("slow", true, 1, true), Rig.action("quick"));
    rig.invoker.slots("at.slow", 1);
    rig.invoker.slots("at.quick", 8);

    IntStream.range(0, 20).forEach(i -> succeedAll("quick"));

    assertThat(rig.sentSeqs("quick")).hasSize(20);
    assertThat(rig.sentSeqs("slow")).hasSize(1);
  }

  @Test
  void retriesAndNewSignupsTakeTurns() {
    rig.start(Rig.action("mail", true, 8, true));
    rig.invoker.slots("at.mail", 8);
    IntStream.range(0, 4).forEach(i -> rig.accept());
    rig.settle();
    rig.invoker.inFlight().forEach(attempt -> rig.invoker.answer(attempt, ending(Outcome.FAILED)));
    rig.settle();
    rig.invoker.slots("at.mail", 0);
    IntStream.range(0, 4).forEach(i -> rig.accepted());
    rig.advance(Duration.ofSeconds(2));

    rig.invoker.slots("at.mail", 4);
    rig.settle();

    assertThat(rig.invoker.inFlight().stream().map(Attempt::number))
        .containsExactlyInAnyOrder(1, 1, 2, 2);
  }

  // Waiting

  @Test
  void withoutAHandlerADeliveryWaitsAndBurnsNothing() {
    rig.start(Rig.action("mail"));
    String id = rig.accepted().id();

    rig.advance(Duration.ofDays(2));

    assertThat(rig.line(id, "mail").waitingFor()).contains(WaitingReason.NO_HANDLER);
    rig.invoker.slots("at.mail", 1);
    rig.settle();
    assertThat(rig.invoker.inFlight().get(0).number()).isEqualTo(1);
    rig.answer(Outcome.SUCCEEDED);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void failedDeliveryComesBackWhenItsWaitIsOver() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 1);
    String id = rig.accepted().id();
    rig.answer(Outcome.FAILED);

    assertThat(rig.line(id, "mail").waitingFor()).contains(WaitingReason.BACKOFF);
    rig.advance(Duration.ofMillis(899));
    assertThat(rig.invoker.inFlight()).isEmpty();
    rig.advance(Duration.ofMillis(1));

    assertThat(rig.invoker.inFlight().get(0).number()).isEqualTo(2);
  }

  @Test
  void moreRetriesThanTheWindowHoldsAllComeBack() {
    rig.start(Rig.action("mail", true, 50, true));
    rig.invoker.slots("at.mail", 50);
    IntStream.range(0, 50).forEach(i -> rig.accept());
    rig.settle();
    rig.invoker.inFlight().forEach(attempt -> rig.invoker.answer(attempt, ending(Outcome.FAILED)));
    rig.settle();

    rig.advance(Duration.ofSeconds(1));
    drain();

    assertThat(rig.pipeline.totals().completed()).isEqualTo(50);
  }

  @Test
  void deliveryGivesUpAtTheEndOfItsTimeAfterALastAttempt() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 1);
    String id = rig.accepted().id();

    for (int second = 0; second < 700; second++) {
      rig.invoker.inFlight().forEach(sent -> rig.invoker.answer(sent, ending(Outcome.FAILED)));
      rig.settle();
      rig.advance(Duration.ofSeconds(1));
    }

    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.DEAD);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.FAILED);
    Attempt last = rig.invoker.sent().get(rig.invoker.sent().size() - 1);
    assertThat(last.startedAt())
        .isEqualTo(last.delivery().since().orElseThrow().plus(Rig.RETRY.giveUpAfter()));
  }

  // Configuration

  @Test
  void deliveriesOfARemovedActionWaitUntilItComesBack() {
    rig.start(Rig.action("mail"), Rig.action("crm"));
    String id = rig.accepted().id();

    rig.configure(Rig.action("mail"));
    rig.invoker.slots("at.crm", 8);
    rig.settle();

    assertThat(rig.invoker.sent()).isEmpty();
    assertThat(rig.line(id, "crm").waitingFor()).contains(WaitingReason.NO_ACTION);
    rig.configure(Rig.action("mail"), Rig.action("crm"));
    rig.settle();
    assertThat(rig.sentSeqs("crm")).containsExactly(1L);
  }

  @Test
  void attemptThatOutlivesItsActionEndsByTheRulesItStartedUnder() {
    rig.start(Rig.action("once", true, 8, false));
    rig.invoker.slots("at.once", 8);
    String id = rig.accepted().id();

    rig.configure();
    rig.answer(Outcome.TIMED_OUT);

    assertThat(rig.line(id, "once").state()).isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void whatACrashLeftInDoubtIsDecidedWhenItsActionIsKnown() {
    rig.start(Rig.action("once", true, 8, false));
    rig.invoker.slots("at.once", 8);
    String id = rig.accepted().id();
    rig.crash();

    rig.start();
    assertThat(rig.line(id, "once").state()).isEqualTo(DeliveryState.RUNNING);
    rig.configure(Rig.action("once", true, 8, false));
    rig.settle();

    assertThat(rig.line(id, "once").state()).isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void toggleAppliesFromTheNextSignupOn() {
    rig.start(Rig.action("mail"));
    String before = rig.accepted().id();

    rig.configure(Rig.optional("mail"));

    assertThat(rig.accepted().lines()).isEmpty();
    assertThat(rig.line(before, "mail").required()).isTrue();
    assertThat(rig.accepted("mail").lines().get(0).required()).isFalse();
  }

  // Outcomes

  @Test
  void refusedAttemptGoesRoundAgainWithTheSameNumberAndLeavesNoTrace() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 1);
    rig.accepted();

    rig.answer(Outcome.REFUSED);
    rig.answer(Outcome.REFUSED);

    assertThat(rig.invoker.sent().stream().map(Attempt::number)).containsExactly(1, 1, 1);
    assertThat(count("SELECT count(*) FROM attempt")).isZero();
    rig.answer(Outcome.SUCCEEDED);
  }

  @Test
  void lateSuccessCountsFromBackoffAndNothingIsSentAgain() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 1);
    String id = rig.accepted().id();
    rig.answer(Outcome.TIMED_OUT);

    late(id + ".mail");
    rig.advance(Duration.ofHours(1));

    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
    assertThat(rig.invoker.sent()).hasSize(1);
  }

  @Test
  void lateSuccessBringsADeadLetterToLife() {
    rig.start(Rig.action("once", true, 8, false));
    rig.invoker.slots("at.once", 1);
    String id = rig.accepted().id();
    rig.answer(Outcome.TIMED_OUT);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.FAILED);

    late(id + ".once");

    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
    assertThat(rig.pipeline.totals().failed()).isZero();
  }

  @Test
  void lateSuccessDuringAnotherAttemptEndsTheDeliveryOnce() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 1);
    String id = rig.accepted().id();
    rig.answer(Outcome.TIMED_OUT);
    rig.advance(Duration.ofSeconds(1));

    late(id + ".mail");
    rig.answer(Outcome.FAILED);
    rig.advance(Duration.ofHours(1));

    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
    assertThat(rig.invoker.sent()).hasSize(2);
  }

  @Test
  void lateSuccessOfAnActionThatIsNotInThePlanIsNobodys() {
    rig.start(Rig.action("mail"));
    String id = rig.accepted().id();

    late(id + ".made-up");
    late("signup_unknown.mail");
    late("nonsense");

    assertThat(rig.pipeline.totals().actions()).containsOnlyKeys("mail");
  }

  // Crash, drain and a journal that goes away

  @Test
  void afterACrashEveryRecordedStartIsLostAndTriedAgain() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 8);
    IntStream.range(0, 5).forEach(i -> rig.accepted());

    rig.crash();
    rig.invoker.slots("at.mail", 8);
    rig.start(Rig.action("mail"));
    rig.advance(Duration.ofSeconds(2));

    assertThat(rig.invoker.sent().stream().map(Attempt::number)).containsOnly(2).hasSize(5);
    assertThat(rig.counted).filteredOn("mail lost"::equals).hasSize(5);
    drain();
  }

  @Test
  void recoversMoreThanOnePageOfRecordedStarts() {
    rig.start(Rig.action("mail", true, 600, true), Rig.action("crm", true, 600, true));
    rig.invoker.slots("at.mail", 600);
    rig.invoker.slots("at.crm", 600);
    IntStream.range(0, 400).forEach(i -> rig.accept());
    rig.settle();

    rig.crash();
    rig.start(Rig.action("mail"), Rig.action("crm"));

    assertThat(rig.pipeline.totals().all().running()).isZero();
    assertThat(rig.pipeline.totals().all().pending()).isEqualTo(800);
  }

  @Test
  void drainStartsNothingMoreAndWaitsForWhatIsInFlight() {
    rig.start(Rig.action("mail", true, 1, true));
    rig.invoker.slots("at.mail", 1);
    rig.accepted();
    rig.accepted();

    Future<Void> drained = rig.pipeline.drain(Duration.ofSeconds(30));
    rig.advance(Duration.ofSeconds(1));

    assertThat(drained.isComplete()).isFalse();
    assertThat(rig.accept().cause()).isInstanceOf(Overloaded.class);
    rig.answer(Outcome.SUCCEEDED);
    rig.advance(Duration.ofSeconds(1));
    assertThat(drained.succeeded()).isTrue();
    assertThat(rig.invoker.sent()).hasSize(1);
    assertThat(rig.pipeline.totals().of("mail").fresh()).isEqualTo(1);
  }

  @Test
  void drainEndsAtItsLimitWhateverIsInFlight() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 1);
    rig.accepted();

    Future<Void> drained = rig.pipeline.drain(Duration.ofSeconds(3));
    rig.advance(Duration.ofSeconds(4));

    assertThat(drained.succeeded()).isTrue();
  }

  @Test
  void outcomeThatTheJournalMissedIsWrittenOnceItIsBack() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 1);
    String id = rig.accepted().id();
    rig.invoker.answer(Outcome.SUCCEEDED);
    rig.journal.failCommit(false);

    reopen();

    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
    assertThat(rig.invoker.sent()).hasSize(1);
  }

  @Test
  void outcomeThatBecameDurableInSpiteOfTheErrorComesBackAsWell() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 1);
    rig.accepted();
    rig.invoker.answer(Outcome.FAILED);
    rig.journal.failCommit(true);

    rig.journal.reopen();
    var unused = rig.pipeline.resume();
    // The page is read and arrives while the end is being written once more.
    readAll();
    rig.advance(Duration.ofSeconds(2));
    rig.advance(Duration.ofSeconds(2));

    assertThat(rig.invoker.inFlight()).extracting(Attempt::number).containsExactly(2);
  }

  @Test
  void queueStandsStillWhileTheJournalIsAwayAndKeepsItsOrder() {
    rig.start(Rig.action("mail", true, 2, true));
    IntStream.range(0, 20).forEach(i -> rig.accepted());
    rig.invoker.slots("at.mail", 8);
    rig.journal.failCommit(false);

    readAll();

    assertThat(rig.journal.pages()).as("pages read while it is away").isLessThanOrEqualTo(1);
    reopen();
    drain();
    assertThat(rig.sentSeqs("mail"))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void retriesThatAreDueDoNotSpinWhileTheJournalIsAway() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 8);
    IntStream.range(0, 8).forEach(i -> rig.accept());
    rig.settle();
    rig.invoker.inFlight().forEach(attempt -> rig.invoker.answer(attempt, ending(Outcome.FAILED)));
    rig.settle();
    rig.loop.advance(Duration.ofSeconds(1));
    rig.journal.failCommit(false);

    readAll();

    assertThat(rig.journal.pages()).as("pages read while it is away").isLessThanOrEqualTo(1);
    reopen();
    drain();
    assertThat(rig.pipeline.totals().completed()).isEqualTo(8);
  }

  @Test
  void windowThatCouldNotBeReadIsReadAgain() {
    rig.start(Rig.action("mail"));
    IntStream.range(0, 20).forEach(i -> rig.accepted());
    rig.crash();
    rig.journal.unreadable(true);
    Future<Void> started = rig.pipeline.start(new Actions(List.of(Rig.action("mail"))), 1);
    rig.invoker.slots("at.mail", 8);
    rig.settle();
    assertThat(started.failed()).isTrue();

    rig.journal.unreadable(false);
    rig.advance(Duration.ofSeconds(1));

    assertThat(rig.invoker.inFlight()).hasSize(8);
    drain();
  }

  @Test
  void pageThatIsOlderThanWhatHappenedMeanwhileRepeatsNothing() {
    rig.start(Rig.action("mail", true, 8, true));
    rig.invoker.slots("at.mail", 8);
    IntStream.range(0, 8).forEach(i -> rig.accept());
    rig.settle();
    rig.invoker.inFlight().forEach(attempt -> rig.invoker.answer(attempt, ending(Outcome.FAILED)));
    rig.settle();
    rig.loop.advance(Duration.ofSeconds(1));
    // The first four are being started; the page that follows is read before they are.
    rig.journal.read();
    rig.journal.commit();
    rig.invoker.inFlight().forEach(attempt -> rig.invoker.answer(attempt, ending(Outcome.FAILED)));
    rig.journal.commit();
    rig.journal.answer();
    rig.settle();

    assertThat(rig.invoker.sent().stream().filter(attempt -> attempt.number() == 2).count())
        .isEqualTo(
            rig.invoker.sent().stream()
                .filter(attempt -> attempt.number() == 2)
                .map(attempt -> attempt.delivery().id())
                .distinct()
                .count());
    rig.advance(Duration.ofSeconds(5));
    drain();
    assertThat(rig.pipeline.totals().completed()).isEqualTo(8);
  }

  @Test
  void statusSaysWhatIsWaitedFor() {
    rig.start(Rig.action("mail", true, 1, true), Rig.action("crm"));
    rig.invoker.slots("at.mail", 1);
    rig.accepted();
    rig.accepted();

    List<ActionStatus> status = rig.pipeline.status().result();

    assertThat(status.get(0).waiting())
        .containsExactlyEntriesOf(Map.of(WaitingReason.CAPACITY, 1L));
    assertThat(status.get(0).inFlight()).isEqualTo(1);
    assertThat(status.get(1).waiting())
        .containsExactlyEntriesOf(Map.of(WaitingReason.NO_HANDLER, 2L));
    assertThat(status.get(1).isWithoutHandler()).isTrue();
  }

  private void reopen() {
    rig.journal.reopen();
    var unused = rig.pipeline.resume();
    rig.settle();
  }

  /** Every page that is asked for is read and arrives, but nothing is committed. */
  private void readAll() {
    for (int i = 0; i < 50; i++) {
      rig.journal.read();
      rig.journal.answer();
    }
  }

  private void late(String delivery) {
    rig.invoker.answerLate(delivery, 1, ending(Outcome.SUCCEEDED));
    rig.settle();
  }

  /** Everything in flight succeeds, until nothing is. */
  private void drain() {
    rig.settle();
    while (!rig.invoker.inFlight().isEmpty()) {
      rig.invoker.succeedAll();
      rig.settle();
    }
  }

  private void succeedAll(String action) {
    rig.accepted();
    rig.invoker.inFlight().stream()
        .filter(attempt -> attempt.delivery().action().equals(action))
        .forEach(attempt -> rig.invoker.answer(attempt, ending(Outcome.SUCCEEDED)));
    rig.settle();
  }

  private long count(String sql) {
    return BookCheck.count(folder.resolve("journal.db"), sql);
  }

  private static Ending ending(Outcome outcome) {
    return new Ending(outcome, "");
  }
}
