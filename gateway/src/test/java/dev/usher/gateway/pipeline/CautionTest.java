package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CautionTest {

  private final Caution caution = new Caution();

  @Test
  void afterFiveAttemptsInARowWithoutAWordOneAtATimeIsTried() {
    hear(Outcome.TIMED_OUT, 4);
    assertThat(caution.limit(64)).isEqualTo(64);
    assertThat(caution.heard(ending(Outcome.LOST))).isTrue();
    assertThat(caution.limit(64)).isEqualTo(1);
  }

  @Test
  void onlyASuccessEndsIt() {
    hear(Outcome.TIMED_OUT, 5);
    hear(Outcome.FAILED, 3);
    assertThat(caution.limit(64)).isEqualTo(1);
    assertThat(caution.heard(ending(Outcome.SUCCEEDED))).isTrue();
    assertThat(caution.limit(64)).isEqualTo(64);
  }

  @Test
  void anAnswerOfAnyKindBreaksTheRow() {
    hear(Outcome.TIMED_OUT, 4);
    hear(Outcome.FAILED, 1);
    hear(Outcome.TIMED_OUT, 4);
    assertThat(caution.limit(64)).isEqualTo(64);
  }

  @Test
  void aRefusalIsNoAnswer() {
    hear(Outcome.TIMED_OUT, 4);
    hear(Outcome.REFUSED, 10);
    hear(Outcome.TIMED_OUT, 1);
    assertThat(caution.limit(64)).isEqualTo(1);
  }

  @Test
  void failuresToConnectCountAsSilence() {
    for (int i = 0; i < 5; i++) {
      boolean unused = caution.heard(Ending.unreachable("connection refused"));
    }
    assertThat(caution.limit(64)).isEqualTo(1);
  }

  private static Ending ending(Outcome outcome) {
    return new Ending(outcome, "");
  }

  private void hear(Outcome outcome, int times) {
    for (int i = 0; i < times; i++) {
      boolean unused = caution.heard(ending(outcome));
    }
  }
}
