package dev.usher.benchmark.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementsTest {

  private static final Goal MORE = new Goal("more", "part", "row", Column.RATIO, 0.40, 0.55);
  private static final Goal LESS = new Goal("less", "part", "row", Column.P99, 5, 2);

  private final Measurements measurements = new Measurements();

  @Test
  void roundsGiveLeastMedianAndMost() {
    for (double value : new double[] {3, 1, 10}) {
      measurements.add("part", "row", Column.RATE, value);
    }
    assertThat(measurements.spread("part", "row", Column.RATE)).contains(new Spread(1, 3, 10));
    assertThat(measurements.latest("part", "row", Column.RATE)).contains(10.0);
  }

  @Test
  void anEvenNumberOfRoundsHasItsMedianInTheMiddle() {
    measurements.add("part", "row", Column.RATE, 1);
    measurements.add("part", "row", Column.RATE, 4);
    assertThat(measurements.spread("part", "row", Column.RATE)).contains(new Spread(1, 2.5, 4));
  }

  @Test
  void aGoalIsReachedFromEitherSide() {
    measurements.add("part", "row", Column.RATIO, 0.45);
    measurements.add("part", "row", Column.P99, 1.5);
    assertThat(MORE.verdict(measurements)).contains("reached");
    assertThat(LESS.verdict(measurements)).contains("aim reached");
  }

  @Test
  void aGoalThatIsMissedSaysSoAndOneNotMeasuredSaysNothing() {
    measurements.add("part", "row", Column.P99, 5.1);
    assertThat(LESS.verdict(measurements)).contains("**missed**");
    assertThat(MORE.verdict(measurements)).isEmpty();
  }
}
