package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final RateLimit limit = new RateLimit();

  @Test
  void withoutARateEverythingMayStart() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(limit.allows(0)).isTrue();
      limit.started(0);
    }
  }

  @Test
  void attemptsAreSpreadEvenly() {
    limit.configure(Optional.of(new Rate(10, Duration.ofSeconds(1))), 0);
    assertThat(startsWithin(TimeUnit.SECONDS.toNanos(10))).isBetween(100, 101);
  }

  @Test
  void anIdleTimeIsNotSavedUp() {
    limit.configure(Optional.of(new Rate(10, Duration.ofSeconds(1))), 0);
    long later = TimeUnit.HOURS.toNanos(1);
    limit.started(later);
    assertThat(limit.allows(later)).isFalse();
    assertThat(limit.waitNanos(later)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
  }

  @Test
  void anotherRateCountsAtOnce() {
    limit.configure(Optional.of(new Rate(1, Duration.ofHours(1))), 0);
    limit.started(0);
    limit.configure(Optional.of(new Rate(1_000, Duration.ofSeconds(1))), 1);
    assertThat(limit.allows(1)).isTrue();
  }

  private int startsWithin(long nanos) {
    int starts = 0;
    for (long now = 0; now < nanos; now += TimeUnit.MILLISECONDS.toNanos(1)) {
      if (limit.allows(now)) {
        limit.started(now);
        starts++;
      }
    }
    return starts;
  }
}
