package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Retry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GiveUpTest {

  @Test
  void countsAttemptsUntilAFailureIsFinal() {
    // Average waits of 9 s: attempts at 0, 9, 18 and 27 s; the first at or past 20 s is the last.
    Retry retry = new Retry(seconds(10), 1, seconds(10), seconds(20));

    assertThat(GiveUp.of(retry)).isEqualTo(new GiveUp(seconds(20), 4));
  }

  @Test
  void longCampaignIsCountedWithoutWalkingThroughIt() {
    Retry retry = new Retry(Duration.ofMillis(10), 1, Duration.ofMillis(10), Duration.ofDays(365));

    assertThat(GiveUp.of(retry).attempts()).isEqualTo(3_504_000_001L);
  }

  @Test
  void spansAreWrittenAsPeopleWriteThem() {
    assertThat(Span.text(Duration.ofHours(24))).isEqualTo("24h");
    assertThat(Span.text(Duration.ofDays(3))).isEqualTo("3d");
    assertThat(Span.text(Duration.ofMillis(90_500))).isEqualTo("1m30s500ms");
    assertThat(Span.text(Duration.ZERO)).isEqualTo("0s");
    assertThat(new Span().convert("15m")).isEqualTo(Duration.ofMinutes(15));
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }
}
