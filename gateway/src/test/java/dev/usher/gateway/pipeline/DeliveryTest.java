package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryTest {

  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final Retry RETRY =
      new Retry(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), Duration.ofMinutes(10));
  private static final Signup SIGNUP = new Signup(7, "signup_x", START, new byte[0]);

  private static final Action MAIL =
      new Action("mail", true, "mail", "signup.mail", Duration.ZERO, AttemptPolicy.DEFAULT);

  private final Delivery running = Delivery.planned(SIGNUP, MAIL).started(START);

  @Test
  void itsIdIsThatOfTheSignupAndTheAction() {
    assertThat(running.id()).isEqualTo("signup_x.mail");
  }

  @Test
  void successEndsIt() {
    assertThat(after(running, Outcome.SUCCEEDED).state()).isEqualTo(DeliveryState.SUCCEEDED);
  }

  @Test
  void rejectionMakesItADeadLetter() {
    Step step = after(running, Outcome.REJECTED);

    assertThat(step.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(step.cause()).contains(Cause.REJECTED);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "TIMED_OUT", "LOST"})
  void whatMayWorkNextTimeWaitsForAnotherAttempt(Outcome outcome) {
    Step step = after(running, outcome);

    assertThat(step.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(step.due()).isEqualTo(START.plusSeconds(1));
    assertThat(step.attempts()).isEqualTo(1);
    assertThat(step.cause()).isEmpty();
  }

  @Test
  void waitsLongerAfterEachAttempt() {
    Delivery second = running.again(after(running, Outcome.FAILED)).started(START.plusSeconds(1));

    Step step = second.after(failed(), RETRY, true, START.plusSeconds(1), 0);

    assertThat(second.attempts()).isEqualTo(2);
    assertThat(step.due()).isEqualTo(START.plusSeconds(3));
  }

  @ParameterizedTest
  @EnumSource(names = {"TIMED_OUT", "LOST"})
  void unknownOutcomeOfWhatMayNotBeRepeatedMakesItADeadLetter(Outcome outcome) {
    Step step = running.after(new Ending(outcome, ""), RETRY, false, START, 0);

    assertThat(step.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(step.cause()).contains(Cause.OUTCOME_UNKNOWN);
  }

  @Test
  void failureOfWhatMayNotBeRepeatedIsNoDoubtAndRepeats() {
    Step step = running.after(failed(), RETRY, false, START, 0);

    assertThat(step.state()).isEqualTo(DeliveryState.PENDING);
  }

  @Test
  void refusalBurnsNothingAndIsDueAtOnce() {
    Step step = after(running, Outcome.REFUSED);

    assertThat(step).isEqualTo(new Step(DeliveryState.PENDING, START, 0, step.cause()));
  }

  @Test
  void refusalDoesNotStartTheClockOfGivingUp() {
    Instant later = START.plus(Duration.ofHours(1));
    Delivery again = running.again(after(running, Outcome.REFUSED)).started(later);

    Step step = again.after(failed(), RETRY, true, later, 0);

    assertThat(again.attempts()).isEqualTo(1);
    assertThat(step.state()).isEqualTo(DeliveryState.PENDING);
  }

  @Test
  void handlerMayAskForALongerWaitButNotForAShorterOne() {
    assertThat(due(Duration.ofSeconds(30))).isEqualTo(START.plusSeconds(30));
    assertThat(due(Duration.ofMillis(1))).isEqualTo(START.plusSeconds(1));
    assertThat(due(Duration.ofSeconds(-5))).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void noWaitGoesBeyondTheTimeOfGivingUp() {
    assertThat(due(Duration.ofHours(1))).isEqualTo(START.plus(Duration.ofMinutes(10)));
    assertThat(due(Duration.ofSeconds(Long.MAX_VALUE)))
        .isEqualTo(START.plus(Duration.ofMinutes(10)));
  }

  @Test
  void givesUpWhenTheAttemptAtTheEndOfItsTimeFails() {
    Instant end = START.plus(Duration.ofMinutes(10));

    assertThat(running.after(failed(), RETRY, true, end.minusMillis(1), 0).due()).isEqualTo(end);
    assertThat(running.after(failed(), RETRY, true, end, 0).cause()).contains(Cause.GAVE_UP);
  }

  private static Instant due(Duration retryAfter) {
    Delivery delivery = Delivery.planned(SIGNUP, MAIL).started(START);
    return delivery.after(new Ending(Outcome.FAILED, retryAfter, ""), RETRY, true, START, 0).due();
  }

  private static Step after(Delivery delivery, Outcome outcome) {
    return delivery.after(new Ending(outcome, ""), RETRY, true, START, 0);
  }

  private static Ending failed() {
    return new Ending(Outcome.FAILED, "");
  }
}
