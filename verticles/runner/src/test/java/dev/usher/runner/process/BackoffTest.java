package dev.usher.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1));

  @Test
  void eachWaitIsTwiceTheOneBeforeUpToAMinute() {
    assertThat(Stream.generate(() -> backoff.ended(Duration.ZERO).toSeconds()).limit(9))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    assertThat(backoff.ends()).isEqualTo(9);
  }

  @Test
  void oneThatHasServedForAMinuteIsStartedAgainSoon() {
    assertThat(backoff.ended(Duration.ZERO)).hasSeconds(1);
    assertThat(backoff.ended(Duration.ofSeconds(59))).hasSeconds(2);

    assertThat(backoff.ended(Duration.ofSeconds(60))).hasSeconds(1);
    assertThat(backoff.ends()).isOne();
  }
}
