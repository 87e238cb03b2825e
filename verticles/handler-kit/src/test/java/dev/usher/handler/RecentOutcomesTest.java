package dev.usher.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentOutcomesTest {

  private final RecentOutcomes recent = new RecentOutcomes();

  @Test
  void theLeastRecentlyUsedGoesFirst() {
    for (int i = 0; i < RecentOutcomes.MAX_ENTRIES; i++) {
      recent.add("d" + i, Outcome.succeeded(""));
    }
    assertThat(recent.find("d0")).isPresent();
    recent.add("one more", Outcome.succeeded(""));

    assertThat(recent.find("d0")).isPresent();
    assertThat(recent.find("d1")).isEmpty();
  }

  @Test
  void longResultIsForgottenButNotTheSuccess() {
    recent.add("d", Outcome.succeeded("x".repeat(RecentOutcomes.MAX_TEXT_LENGTH + 1)));

    assertThat(recent.find("d")).contains(Outcome.succeeded(""));
  }

  @Test
  void onlySuccessesAreKeptSoThatARedriveOfWhatWasRejectedIsRun() {
    recent.add("failed", Outcome.failed(new IllegalStateException()));
    recent.add("rejected", Outcome.failed(new Rejected("no")));

    assertThat(recent.find("failed")).isEmpty();
    assertThat(recent.find("rejected")).isEmpty();
  }
}
