package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.wire.Announcement;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** What came of the attempts of each version. */
class FiguresTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final Figures figures = new Figures();
  private long now = -MINUTE;

  @Test
  void whatDidNotSucceedHasFailedAndARefusalWasNoAttempt() {
    VersionFigures mail = of("mail#1");
    for (Outcome outcome : Outcome.values()) {
      mail.count(outcome, MILLI, now);
    }

    VersionStatus status = only();
    assertThat(status.lately().attempts()).isEqualTo(5);
    assertThat(status.lately().failed()).isEqualTo(4);
    assertThat(status.lately().errorRate()).isCloseTo(0.8, within(1e-9));
    assertThat(status.outcomes())
        .hasSize(6)
        .allSatisfy((outcome, count) -> assertThat(count).isOne());
  }

  @Test
  void percentilesAreOffByASixteenthAtMost() {
    Random random = new Random(7);
    long[] took = LongStream.generate(() -> took(random)).limit(10_000).toArray();
    Latencies latencies = new Latencies();
    Arrays.stream(took).forEach(latencies::count);
    Arrays.sort(took);

    for (double part : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
      long exact = took[(int) Math.ceil(part * took.length) - 1];
      assertThat(latencies.percentile(part))
          .as("percentile %s", part)
          .isCloseTo(exact, Percentage.withPercentage(100.0 / 16));
    }
  }

  /** From 16 microseconds to an hour, each order of magnitude as often as any other. */
  private static long took(Random random) {
    return (long) (16_000 * Math.pow(2e8, random.nextDouble()));
  }

  @Test
  void nothingIsTooShortOrTooLongToBeCounted() {
    Latencies latencies = new Latencies();
    latencies.count(-1);
    assertThat(latencies.percentile(1)).isLessThan(1_000);
    latencies.count(Long.MAX_VALUE);
    assertThat(latencies.percentile(1)).isGreaterThan(TimeUnit.MINUTES.toNanos(65));
  }

  @Test
  void lastFiveMinutesAreToldApartFromAllTimes() {
    VersionFigures mail = of("mail#1");
    mail.count(Outcome.FAILED, 100 * MILLI, now);
    now += 4 * MINUTE;
    mail.count(Outcome.SUCCEEDED, MILLI, now);
    assertThat(only().lately().attempts()).isEqualTo(2);

    now += 2 * MINUTE;
    VersionStatus later = only();
    assertThat(later.lately().attempts()).isEqualTo(1);
    assertThat(later.lately().failed()).isZero();
    assertThat(later.lately().p99Nanos()).isLessThan(2 * MILLI);
    assertThat(later.sinceItCame().attempts()).isEqualTo(2);
    assertThat(later.sinceItCame().p99Nanos()).isGreaterThan(90 * MILLI);

    now += 6 * MINUTE;
    assertThat(only().lately()).isEqualTo(new VersionStatus.Figures(0, 0, 0, 0));
  }

  @Test
  void sliceOfTheRingThatIsUsedAgainForgetsWhatItHeld() {
    for (int minute = 0; minute < 60; minute++) {
      of("mail#1").count(Outcome.SUCCEEDED, MILLI, now);
      now += MINUTE;
    }
    assertThat(only().lately().attempts()).isBetween(4L, 5L);
    assertThat(only().sinceItCame().attempts()).isEqualTo(60);
  }

  @Test
  void versionThatHasGoneIsToldOfForAWhile() {
    VersionFigures old = of("mail#1");
    old.count(Outcome.SUCCEEDED, MILLI, now);
    now += Figures.KEPT_NANOS;
    of("mail#2");
    assertThat(deployments(Map.of())).containsExactly("mail#1", "mail#2");

    now += 1;

    assertThat(deployments(Map.of())).containsExactly("mail#2");
  }

  @Test
  void versionThatComesBackGoesOnCounting() {
    of("mail#1").count(Outcome.SUCCEEDED, MILLI, now);

    of("mail#1").count(Outcome.SUCCEEDED, MILLI, now);

    assertThat(only().sinceItCame().attempts()).isEqualTo(2);
  }

  @Test
  void howeverManyVersionsComeABoundedNumberIsKept() {
    for (int i = 0; i < 3 * Figures.MOST; i++) {
      of("mail#" + i).count(Outcome.SUCCEEDED, MILLI, now);
    }

    List<VersionStatus> told = figures.statuses(Map.of(), now);

    assertThat(told).hasSize(Figures.MOST + 1);
    assertThat(told.stream().mapToLong(one -> one.sinceItCame().attempts()).sum())
        .isEqualTo(3L * Figures.MOST);
  }

  private VersionStatus only() {
    List<VersionStatus> told = figures.statuses(Map.of(), now);
    assertThat(told).hasSize(1);
    return told.get(0);
  }

  private List<String> deployments(Map<VersionFigures, Integer> shares) {
    return figures.statuses(shares, now).stream().map(VersionStatus::deployment).toList();
  }

  private VersionFigures of(String deployment) {
    return figures.of(
        new Announcement(
            "i",
            "n",
            "at",
            "mail",
            "1",
            deployment,
            "java",
            1,
            1,
            InstanceState.UP,
            DeliveryFrame.VERSION),
        now);
  }
}
