package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an action's delay, rate, pause and bad luck do to its deliveries. */
class ActionPolicyTest {

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void build() {
    rig = new Rig(folder, 4);
  }

  @AfterEach
  void theBooksBalance() throws SQLException {
    rig.end();
  }

  @Test
  void pausedActionIsPlannedAndWaitsUntilItIsPausedNoMore() {
    rig.start(paused("mail", true));
    rig.invoker.slots("at.mail", 8);
    String id = rig.accepted().id();
    assertThat(rig.invoker.sent()).isEmpty();
    assertThat(rig.line(id, "mail").waitingFor()).contains(WaitingReason.PAUSED);

    rig.configure(paused("mail", false));
    rig.settle();

    assertThat(rig.invoker.sent()).hasSize(1);
  }

  @Test
  void pausedActionFinishesWhatIsUnderWay() {
    rig.start(paused("mail", false));
    rig.invoker.slots("at.mail", 8);
    String id = rig.accepted().id();
    rig.configure(paused("mail", true));

    rig.answer(Outcome.SUCCEEDED);

    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void delayedActionIsFirstAttemptedWhenItsDelayIsOver() {
    rig.start(delayed("tips", Duration.ofDays(3)));
    rig.invoker.slots("at.tips", 8);
    String id = rig.accepted().id();
    assertThat(rig.line(id, "tips").waitingFor()).contains(WaitingReason.DELAY);
    rig.advance(Duration.ofDays(3).minusMillis(1));
    assertThat(rig.invoker.sent()).isEmpty();

    rig.advance(Duration.ofMillis(1));

    assertThat(rig.invoker.sent()).hasSize(1);
  }

  @Test
  void delayOutlivesACrash() {
    rig.start(delayed("tips", Duration.ofDays(3)));
    rig.accepted();
    rig.crash();
    rig.start(delayed("tips", Duration.ofDays(3)));
    rig.invoker.slots("at.tips", 8);
    assertThat(rig.invoker.sent()).isEmpty();

    rig.advance(Duration.ofDays(3));

    assertThat(rig.invoker.sent()).hasSize(1);
  }

  @Test
  void rateSpreadsAttemptsOverTime() {
    rig.start(limited("mail", new Rate(10, Duration.ofSeconds(1))));
    rig.invoker.slots("at.mail", 1_000);
    String last = "";
    for (int i = 0; i < 30; i++) {
      last = rig.accepted().id();
    }
    assertThat(rig.line(last, "mail").waitingFor()).contains(WaitingReason.RATE);
    int atOnce = rig.invoker.sent().size();

    for (int i = 0; i < 100; i++) {
      rig.advance(Duration.ofMillis(10));
    }

    assertThat(rig.invoker.sent().size() - atOnce).isBetween(9, 11);
    for (int i = 0; i < 300; i++) {
      rig.advance(Duration.ofMillis(10));
    }
    assertThat(rig.sentSeqs("mail")).hasSize(30).isSorted();
  }

  @Test
  void afterFiveAttemptsWithoutAWordOneAtATimeIsTriedUntilOneSucceeds() {
    rig.start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 8);
    for (int i = 0; i < 8; i++) {
      rig.accepted();
    }
    rig.invoker.inFlight().forEach(attempt -> end(attempt, Outcome.LOST));
    rig.settle();

    rig.advance(Duration.ofMinutes(1));
    assertThat(rig.invoker.inFlight()).hasSize(1);
    rig.answer(Outcome.LOST);
    assertThat(rig.invoker.inFlight()).hasSize(1);
    rig.answer(Outcome.SUCCEEDED);

    assertThat(rig.invoker.inFlight()).hasSizeGreaterThan(1);
  }

  @Test
  void whereSlotsAreShortRequiredActionsGetThemFirst() {
    Action optional = at("shared", Rig.optional("list"));
    Action required = at("shared", Rig.action("mail"));
    rig.start(optional, required);
    rig.invoker.slots("shared", 1);

    rig.accepted("list");
    rig.accepted("list");
    rig.answer(Outcome.SUCCEEDED);

    assertThat(rig.invoker.sent()).extracting(sent -> sent.delivery().action()).hasSize(2);
    assertThat(rig.sentSeqs("mail")).containsExactly(1L, 2L);
    assertThat(rig.sentSeqs("list")).isEmpty();
    rig.answer(Outcome.SUCCEEDED);
    rig.answer(Outcome.SUCCEEDED);
    assertThat(rig.sentSeqs("list")).containsExactly(1L, 2L);
  }

  private void end(Attempt attempt, Outcome outcome) {
    rig.invoker.answer(attempt, new Ending(outcome, ""));
  }

  private static Action at(String address, Action action) {
    return new Action(
        action.name(), action.required(), action.key(), address, action.delay(), action.policy());
  }

  private static Action paused(String name, boolean isPaused) {
    AttemptPolicy usual = Rig.action(name).policy();
    return with(
        name,
        Duration.ZERO,
        new AttemptPolicy(
            usual.timeout(), usual.retry(), usual.concurrency(), usual.rate(), true, isPaused));
  }

  private static Action limited(String name, Rate rate) {
    AttemptPolicy usual = Rig.action(name).policy();
    return with(
        name,
        Duration.ZERO,
        new AttemptPolicy(usual.timeout(), usual.retry(), 1_000, Optional.of(rate), true, false));
  }

  private static Action delayed(String name, Duration delay) {
    return with(name, delay, Rig.action(name).policy());
  }

  private static Action with(String name, Duration delay, AttemptPolicy policy) {
    return new Action(name, true, name, "at." + name, delay, policy);
  }
}
