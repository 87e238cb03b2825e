package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterGroupsTest {

  private final DeadLetterGroups groups = new DeadLetterGroups();

  @Test
  void theLargestComesFirst() {
    add("a", 1);
    add("b", 2);
    add("b", 3);

    assertThat(groups.all()).extracting(DeadLetter.Group::count).containsExactly(2L, 1L);
  }

  @Test
  void sameReasonOfAnotherActionOrCauseIsAnotherGroup() {
    groups.add(letter("mail", Cause.REJECTED, "a", 1));
    groups.add(letter("mail", Cause.GAVE_UP, "a", 2));
    groups.add(letter("list", Cause.REJECTED, "a", 3));

    assertThat(groups.all()).hasSize(3);
  }

  @Test
  void whereNearlyAllReasonsDifferMostAreCountedTogetherAndNoneIsForgotten() {
    for (int i = 0; i < 5_000; i++) {
      add("user " + "x".repeat(i % 50) + "abcdefghij".charAt(i / 50 % 10) + " is unknown", i);
    }

    List<DeadLetter.Group> all = groups.all();

    assertThat(all).hasSize(DeadLetterGroups.MAX_CLASSES + 1);
    assertThat(all.stream().mapToLong(DeadLetter.Group::count).sum()).isEqualTo(5_000);
    assertThat(all.get(0).reasonClass()).isEmpty();
  }

  @Test
  void oldestAndNewestAreByTimeWhateverTheOrderOfAcceptance() {
    add("a", 5);
    add("a", 2);
    add("a", 9);

    assertThat(groups.all().get(0).oldest()).isEqualTo(Instant.ofEpochSecond(2));
    assertThat(groups.all().get(0).newest()).isEqualTo(Instant.ofEpochSecond(9));
  }

  private void add(String reason, long at) {
    groups.add(letter("mail", Cause.REJECTED, reason, at));
  }

  private static DeadLetter letter(String action, Cause cause, String reason, long at) {
    return new DeadLetter(
        at,
        "signup_" + at,
        action,
        true,
        cause,
        Instant.ofEpochSecond(at),
        1,
        Optional.of(Outcome.REJECTED),
        reason,
        Optional.empty());
  }
}
