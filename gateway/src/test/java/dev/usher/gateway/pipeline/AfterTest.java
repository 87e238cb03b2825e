package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that wait for the success of another one of their signup. */
class AfterTest {

  private static final Action MAIL = Rig.action("mail");
  private static final Action TIPS = Rig.after(MAIL, "tips", Duration.ZERO);
  private static final Action MORE = Rig.after(TIPS, "more", Duration.ZERO);

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void build() {
    rig = new Rig(folder, 4);
    rig.invoker.slots("at.mail", 8);
    rig.invoker.slots("at.tips", 8);
    rig.invoker.slots("at.more", 8);
  }

  @AfterEach
  void theBooksBalance() throws SQLException {
    rig.end();
  }

  @Test
  void waitsForTheSuccessAndStartsWithIt() {
    rig.start(MAIL, TIPS);
    Receipt receipt = rig.accepted("tips");

    assertThat(receipt.lines())
        .extracting(Receipt.Line::action, Receipt.Line::state, Receipt.Line::waitingFor)
        .containsExactly(
            tuple("mail", DeliveryState.RUNNING, Optional.empty()),
            tuple("tips", DeliveryState.PENDING, Optional.of(WaitingReason.AFTER)));
    assertThat(status("tips").waiting()).containsOnly(java.util.Map.entry(WaitingReason.AFTER, 1L));

    rig.answer(Outcome.FAILED);
    rig.advance(Duration.ofSeconds(1));
    assertThat(rig.sentSeqs("tips")).isEmpty();
    rig.answer(Outcome.SUCCEEDED);

    assertThat(rig.sentSeqs("tips")).containsExactly(1L);
  }

  @Test
  void delayCountsFromTheSuccess() {
    rig.start(MAIL, Rig.after(MAIL, "tips", Duration.ofDays(3)));
    rig.accepted("tips");
    rig.advance(Duration.ofSeconds(7));
    rig.answer(Outcome.SUCCEEDED);
    String id = "signup_1";

    assertThat(rig.line(id, "tips").waitingFor()).contains(WaitingReason.DELAY);
    rig.advance(Duration.ofDays(3).minusMillis(1));
    assertThat(rig.sentSeqs("tips")).isEmpty();
    rig.advance(Duration.ofMillis(1));
    assertThat(rig.sentSeqs("tips")).containsExactly(1L);
  }

  @Test
  void startsAtOnceWhereTheOtherIsNotPlanned() {
    rig.start(MAIL, TIPS, MORE);
    rig.accepted("more");

    assertThat(rig.sentSeqs("more")).containsExactly(1L);
  }

  @Test
  void laterConfigurationChangesNothingOfThePlan() {
    rig.start(MAIL, TIPS);
    rig.accepted("tips");
    rig.configure(MAIL, Rig.optional("tips"));
    rig.settle();

    assertThat(rig.sentSeqs("tips")).isEmpty();
    rig.answer(Outcome.SUCCEEDED);
    assertThat(rig.sentSeqs("tips")).containsExactly(1L);
  }

  @Test
  void aCrashChangesNothingOfTheWait() {
    rig.start(MAIL, TIPS);
    rig.accepted("tips");
    rig.crash();
    rig.start(MAIL, TIPS);
    rig.invoker.slots("at.tips", 8);
    rig.advance(Duration.ofHours(1));
    assertThat(rig.sentSeqs("tips")).isEmpty();

    rig.invoker.slots("at.mail", 8);
    rig.settle();
    rig.answer(Outcome.SUCCEEDED);
    assertThat(rig.sentSeqs("tips")).containsExactly(1L);
  }

  @Test
  void releasedOneOutlivesACrash() {
    rig.start(MAIL, TIPS);
    rig.invoker.slots("at.tips", 0);
    rig.accepted("tips");
    rig.answer(Outcome.SUCCEEDED);
    rig.crash();
    rig.start(MAIL, TIPS);
    rig.invoker.slots("at.tips", 1);
    rig.settle();

    assertThat(rig.sentSeqs("tips")).containsExactly(1L);
  }

  @Test
  void endsWithTheOneItWaitsForAllAlongTheChain() {
    rig.start(MAIL, TIPS, MORE);
    String id = rig.accepted("tips", "more").id();
    rig.answer(Outcome.REJECTED);

    assertThat(rig.line(id, "tips").state()).isEqualTo(DeliveryState.DEAD);
    assertThat(letters())
        .extracting(DeadLetter::action, DeadLetter::cause, DeadLetter::reason)
        .containsExactly(
            tuple("mail", Cause.REJECTED, ""),
            tuple("more", Cause.AFTER, "tips is dead"),
            tuple("tips", Cause.AFTER, "mail is dead"));
  }

  @Test
  void redriveOfTheFirstRevivesAllThatWaitedForIt() {
    rig.start(MAIL, TIPS, MORE);
    String id = rig.accepted("tips", "more").id();
    rig.answer(Outcome.REJECTED);

    assertThat(repair(Repair.REDRIVE, "mail")).isEqualTo(new Repairs.Report(1, 1));

    assertThat(rig.line(id, "tips").waitingFor()).contains(WaitingReason.AFTER);
    assertThat(rig.line(id, "more").waitingFor()).contains(WaitingReason.AFTER);
    rig.answer(Outcome.SUCCEEDED);
    rig.answer(Outcome.SUCCEEDED);
    rig.answer(Outcome.SUCCEEDED);
    assertThat(rig.sentSeqs("more")).containsExactly(1L);
    assertThat(rig.pipeline.totals().all().succeeded()).isEqualTo(3);
  }

  @Test
  void diesAgainWithTheRedrivenOne() {
    rig.start(MAIL, TIPS);
    rig.accepted("tips");
    rig.answer(Outcome.REJECTED);
    repair(Repair.REDRIVE, "mail");
    rig.answer(Outcome.REJECTED);

    assertThat(rig.pipeline.totals().of("tips").dead()).isEqualTo(1);
  }

  @Test
  void redriveOfOneWhoseFirstIsDeadDoesNothingAndSaysWhy() {
    rig.start(MAIL, TIPS, MORE);
    rig.accepted("tips", "more");
    rig.answer(Outcome.REJECTED);
    Repairs.Blocked tips = new Repairs.Blocked("tips", "mail", 1);
    Repairs.Blocked more = new Repairs.Blocked("more", "tips", 1);

    assertThat(repair(Repair.REDRIVE, "tips"))
        .isEqualTo(new Repairs.Report(1, 0, Optional.empty(), List.of(tips)));
    assertThat(dryRun(Repair.REDRIVE, ofCause(Cause.AFTER)))
        .isEqualTo(new Repairs.Report(2, 0, Optional.empty(), List.of(more, tips)));
    assertThat(dryRun(Repair.REDRIVE, DeadLetter.Filter.ALL).blocked()).isEmpty();
    assertThat(dryRun(Repair.DISCARD, ofCause(Cause.AFTER)).blocked()).isEmpty();
    assertThat(letters())
        .extracting(DeadLetter::action, DeadLetter::blockedBy)
        .containsExactly(
            tuple("mail", Optional.empty()),
            tuple("more", Optional.of("tips")),
            tuple("tips", Optional.of("mail")));
    assertThat(rig.pipeline.totals().of("tips").dead()).isEqualTo(1);
  }

  @Test
  void redriveOfAllSendsTheFirstRoundAndHoldsTheOther() {
    rig.start(MAIL, TIPS);
    rig.accepted("tips");
    rig.answer(Outcome.REJECTED);

    assertThat(repair(Repair.REDRIVE, DeadLetter.Filter.ALL)).isEqualTo(new Repairs.Report(2, 2));

    assertThat(rig.invoker.inFlight())
        .extracting(one -> one.delivery().action())
        .containsExactly("mail");
    assertThat(rig.pipeline.totals().of("tips").held()).isEqualTo(1);
  }

  @Test
  void redriveOfOneWhoseFirstWasDiscardedSendsIt() {
    rig.start(MAIL, TIPS);
    rig.accepted("tips");
    rig.answer(Outcome.REJECTED);
    repair(Repair.DISCARD, "mail");

    assertThat(repair(Repair.REDRIVE, "tips")).isEqualTo(new Repairs.Report(1, 1));
    assertThat(rig.sentSeqs("tips")).containsExactly(1L);
  }

  @Test
  void firstOneMarkedDoneReleasesWhatDiedWithIt() {
    rig.start(MAIL, TIPS, MORE);
    String id = rig.accepted("tips", "more").id();
    rig.answer(Outcome.REJECTED);

    repair(Repair.MARK_DONE, "mail");

    assertThat(rig.sentSeqs("tips")).containsExactly(1L);
    assertThat(rig.line(id, "more").waitingFor()).contains(WaitingReason.AFTER);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void allMarkedDoneAreDoneAndNoneIsSent() {
    rig.start(MAIL, TIPS, MORE);
    String id = rig.accepted("tips", "more").id();
    rig.answer(Outcome.REJECTED);
    int before = rig.invoker.sent().size();

    assertThat(repair(Repair.MARK_DONE, DeadLetter.Filter.ALL)).isEqualTo(new Repairs.Report(3, 3));

    assertThat(rig.invoker.sent()).hasSize(before);
    assertThat(rig.line(id, "more").state()).isEqualTo(DeliveryState.SUCCEEDED);
  }

  @Test
  void lateSuccessOfTheFirstReleasesToo() {
    rig.start(MAIL, TIPS);
    String id = rig.accepted("tips").id();
    rig.answer(Outcome.TIMED_OUT);
    rig.invoker.answerLate(id + ".mail", 1, new Ending(Outcome.SUCCEEDED, ""));
    rig.settle();

    assertThat(rig.sentSeqs("tips")).containsExactly(1L);
  }

  @Test
  void requiredOnesFailAndCompleteTheirSignupTogether() {
    Action list = Rig.after(MAIL, Rig.action("list"), Duration.ZERO);
    rig.start(MAIL, list);
    rig.invoker.slots("at.list", 1);
    String id = rig.accepted().id();
    rig.answer(Outcome.REJECTED);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.FAILED);

    repair(Repair.REDRIVE, "mail");
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.OPEN);
    rig.answer(Outcome.SUCCEEDED);
    rig.answer(Outcome.SUCCEEDED);

    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void manyAreReleasedThroughASmallWindow() {
    rig.start(MAIL, TIPS);
    rig.invoker.slots("at.tips", 0);
    for (int i = 0; i < 30; i++) {
      rig.accepted("tips");
      rig.invoker.succeedAll();
      rig.settle();
    }
    rig.invoker.slots("at.tips", 1);
    while (rig.pipeline.totals().openDeliveries() > 0) {
      rig.settle();
      rig.invoker.succeedAll();
    }

    assertThat(rig.sentSeqs("tips")).hasSize(30).isSorted();
  }

  private ActionStatus status(String action) {
    return await(rig.pipeline.status()).stream()
        .filter(one -> one.name().equals(action))
        .findFirst()
        .orElseThrow();
  }

  private List<DeadLetter> letters() {
    return await(rig.pipeline.deadLetters(DeadLetter.Filter.ALL, DeadLetter.Position.START, 100));
  }

  private Repairs.Report repair(Repair repair, String action) {
    return repair(
        repair,
        new DeadLetter.Filter(Set.of(), Optional.of(action), Optional.empty(), Optional.empty()));
  }

  private Repairs.Report repair(Repair repair, DeadLetter.Filter filter) {
    return await(
        rig.pipeline.repair(
            new Repairs.Order(repair, filter, false, OptionalInt.empty(), "local", "")));
  }

  private Repairs.Report dryRun(Repair repair, DeadLetter.Filter filter) {
    return await(
        rig.pipeline.repair(
            new Repairs.Order(repair, filter, true, OptionalInt.empty(), "local", "")));
  }

  private static DeadLetter.Filter ofCause(Cause cause) {
    return new DeadLetter.Filter(Set.of(), Optional.empty(), Optional.of(cause), Optional.empty());
  }

  private <T> T await(Future<T> future) {
    rig.settle();
    assertThat(future.isComplete()).isTrue();
    return future.result();
  }
}
