package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchersTest {

  @TempDir Path folder;
  private Rig rig;

  /** Writes down what it is shown. */
  private static final class Diary implements Watcher {
    final List<Receipt> seen = new ArrayList<>();
    int overs;

    @Override
    public void stands(Receipt receipt) {
      seen.add(receipt);
    }

    @Override
    public void over() {
      overs++;
    }

    List<String> states(String action) {
      return seen.stream()
          .flatMap(receipt -> receipt.lines().stream())
          .filter(line -> line.action().equals(action))
          .map(line -> line.state().word())
          .toList();
    }
  }

  @BeforeEach
  void start() {
    rig = new Rig(folder, 4).start(Rig.action("mail"), Rig.optional("list"));
  }

  @AfterEach
  void stop() {
    rig.journal.crash();
  }

  @Test
  void everyChangeOfTheSignupIsSeenAndNoneOfAnother() {
    Receipt receipt = rig.accepted("list");
    Diary diary = new Diary();
    watch(receipt.id(), diary);
    rig.accepted();

    rig.invoker.slots("at.list", 1);
    rig.settle();
    rig.answer(Outcome.SUCCEEDED);

    assertThat(diary.states("list")).containsExactly("pending", "running", "succeeded");
    assertThat(diary.seen.stream().map(Receipt::revision)).isSorted().doesNotHaveDuplicates();
    assertThat(diary.overs).isZero();
  }

  @Test
  void nothingIsSeenBeforeItsCommit() {
    rig.invoker.slots("at.mail", 1);
    Receipt receipt = rig.accepted();
    Diary diary = new Diary();
    watch(receipt.id(), diary);

    rig.invoker.answer(Outcome.SUCCEEDED);
    rig.journal.read();
    rig.journal.answer();

    assertThat(diary.states("mail")).containsExactly("running");
    rig.settle();
    assertThat(diary.states("mail")).containsExactly("running", "succeeded");
  }

  @Test
  void whatIsCommittedWhileTheWatchBeginsIsNotMissed() {
    rig.invoker.slots("at.mail", 1);
    Receipt receipt = rig.accepted();
    Diary diary = new Diary();
    var unused = rig.pipeline.watchers().watch(receipt.id(), diary);
    rig.journal.read();
    rig.invoker.answer(Outcome.SUCCEEDED);
    rig.journal.commit();

    rig.settle();

    assertThat(diary.states("mail")).containsExactly("running", "succeeded");
  }

  @Test
  void aJournalThatCannotBeReadIsAskedAgain() {
    rig.invoker.slots("at.mail", 1);
    Receipt receipt = rig.accepted();
    Diary diary = new Diary();
    watch(receipt.id(), diary);
    rig.journal.unreadable(true);
    rig.answer(Outcome.SUCCEEDED);
    rig.journal.unreadable(false);
    assertThat(diary.states("mail")).containsExactly("running");

    rig.advance(Duration.ofSeconds(2));

    assertThat(diary.states("mail")).containsExactly("running", "succeeded");
  }

  @Test
  void aClosedWatchHearsNothingAndLeavesNothingBehind() {
    Receipt receipt = rig.accepted();
    Diary diary = new Diary();
    watch(receipt.id(), diary).orElseThrow().close();

    rig.invoker.slots("at.mail", 1);
    rig.settle();

    assertThat(diary.seen).hasSize(1);
    assertThat(diary.overs).isZero();
    assertThat(rig.pipeline.watchers().count()).isZero();
  }

  @Test
  void anUnknownSignupHasNoWatch() {
    assertThat(watch("signup_unknown", new Diary())).isEmpty();
    assertThat(rig.pipeline.watchers().count()).isZero();
  }

  @Test
  void aGatewayThatLeavesTellsItsWatchersAndTakesNoMore() {
    Receipt receipt = rig.accepted();
    Diary diary = new Diary();
    watch(receipt.id(), diary);

    var unused = rig.pipeline.drain(Duration.ZERO);
    rig.settle();

    assertThat(diary.overs).isEqualTo(1);
    assertThat(rig.pipeline.watchers().count()).isZero();
    Future<Optional<Watch>> late = rig.pipeline.watchers().watch(receipt.id(), diary);
    rig.settle();
    assertThat(late.cause()).isInstanceOf(Overloaded.class);
  }

  @Test
  void noMoreThanSoManyMayWatch() {
    Receipt receipt = rig.accepted();
    for (int i = 0; i < Watchers.MOST; i++) {
      var unused = rig.pipeline.watchers().watch(receipt.id(), new Diary());
      rig.journal.read();
      rig.journal.answer();
    }

    Future<Optional<Watch>> tooMany = rig.pipeline.watchers().watch(receipt.id(), new Diary());

    assertThat(tooMany.cause()).isInstanceOf(Overloaded.class);
  }

  // Waiting for the end

  @Test
  void whoWaitsHearsWhenItIsDecidedAndNotBeforeItsCommit() {
    rig.invoker.slots("at.mail", 1);
    Wait wait = await(rig.accepted("list"), Duration.ofSeconds(5));
    rig.invoker.answer(Outcome.SUCCEEDED);
    assertThat(wait.answer().isComplete()).isFalse();

    rig.settle();

    assertThat(wait.answer().result().state()).isEqualTo(SignupState.COMPLETED);
    assertThat(wait.answer().result().isSettled()).isFalse();
    assertThat(rig.pipeline.watchers().count()).isZero();
  }

  @Test
  void aRequiredDeadLetterEndsTheWaiting() {
    rig.invoker.slots("at.mail", 1);
    Wait wait = await(rig.accepted(), Duration.ofSeconds(5));

    rig.answer(Outcome.REJECTED);

    assertThat(wait.answer().result().state()).isEqualTo(SignupState.FAILED);
  }

  @Test
  void theWaitingEndsInTimeWithWhatIsKnown() {
    Wait wait = await(rig.accepted(), Duration.ofSeconds(5));

    rig.advance(Duration.ofMillis(4_999));
    assertThat(wait.answer().isComplete()).isFalse();
    rig.advance(Duration.ofMillis(1));

    assertThat(wait.answer().result().state()).isEqualTo(SignupState.OPEN);
    assertThat(rig.pipeline.watchers().count()).isZero();
  }

  @Test
  void whoGoesAwayOrMeetsAGatewayThatLeavesWaitsNoMore() {
    Receipt receipt = rig.accepted();
    Wait gone = await(receipt, Duration.ofSeconds(5));
    gone.cancel();
    Wait left = await(receipt, Duration.ofSeconds(5));
    var unused = rig.pipeline.drain(Duration.ZERO);
    Wait late = await(receipt, Duration.ofSeconds(5));

    assertThat(List.of(gone, left, late)).allMatch(wait -> wait.answer().isComplete());
    assertThat(rig.pipeline.watchers().count()).isZero();
  }

  private Wait await(Receipt receipt, Duration limit) {
    Wait wait = rig.pipeline.watchers().await(receipt, limit);
    rig.settle();
    return wait;
  }

  private Optional<Watch> watch(String id, Watcher watcher) {
    Future<Optional<Watch>> watch = rig.pipeline.watchers().watch(id, watcher);
    rig.settle();
    return watch.result();
  }
}
