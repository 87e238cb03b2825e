package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTest {

  private static final Retry RETRY =
      new Retry(Duration.ofSeconds(1), 3, Duration.ofSeconds(20), Duration.ofHours(1));

  @Test
  void waitsGrowByTheFactorUpToTheLongest() {
    assertThat(RETRY.waitAfter(1, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RETRY.waitAfter(2, 0)).isEqualTo(Duration.ofSeconds(3));
    assertThat(RETRY.waitAfter(3, 0)).isEqualTo(Duration.ofSeconds(9));
    assertThat(RETRY.waitAfter(4, 0)).isEqualTo(Duration.ofSeconds(20));
    assertThat(RETRY.waitAfter(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void chanceShortensAWaitByAtMostAFifth() {
    assertThat(RETRY.waitAfter(4, 0.5)).isEqualTo(Duration.ofSeconds(18));
    assertThat(RETRY.waitAfter(4, Math.nextDown(1.0))).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void refusesWaitsThatWouldNeverEndOrNeverBegin() {
    assertThatThrownBy(() -> retry(Duration.ZERO, 2, Duration.ofSeconds(1)))
        .hasMessageContaining("0 < first <= max");
    assertThatThrownBy(() -> retry(Duration.ofSeconds(1), 0.5, Duration.ofSeconds(1)))
        .hasMessageContaining("factor >= 1");
    assertThatThrownBy(() -> retry(Duration.ofSeconds(2), 2, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Retry retry(Duration first, double factor, Duration max) {
    return new Retry(first, factor, max, Duration.ofHours(1));
  }
}
