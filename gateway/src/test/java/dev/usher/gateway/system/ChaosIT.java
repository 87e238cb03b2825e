package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.Strike;
import dev.usher.gateway.system.chaos.Chaos;
import dev.usher.gateway.system.chaos.Verdict;
import dev.usher.gateway.system.fixture.Cluster;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Processes that die at every point of a signup's way; {@code ./scripts/chaos} does it as long as
 * you like.
 */
class ChaosIT {

  private static final int ROUNDS = Integer.getInteger("chaos.rounds", Strike.values().length);
  private static final String ONLY = System.getProperty("chaos.at", "");
  private static final long SEED =
      Long.getLong("chaos.seed", ThreadLocalRandom.current().nextInt(1_000_000));

  @RegisterExtension final Cluster cluster = new Cluster().actions(Chaos.ACTIONS);

  @Test
  void whateverDiesWheneverNothingAcceptedIsLostAndOnlyLostOutcomesAreRepeated() {
    System.out.println("chaos: seed " + SEED + ", " + ROUNDS + " rounds");

    Verdict verdict = new Chaos(cluster, SEED).run(ROUNDS, strikes()).judge();

    System.out.println(verdict.table());
    assertThat(verdict.faults()).as("seed " + SEED).isEmpty();
    assertThat(verdict.notReached())
        .as("rounds that struck nowhere: a point that is never reached proves nothing")
        .isLessThanOrEqualTo(Math.max(1, ROUNDS / 10));
    assertThat(verdict.accepted()).isGreaterThan(10L * ROUNDS);
  }

  private static List<Strike> strikes() {
    return ONLY.isEmpty() ? List.of(Strike.values()) : List.of(Strike.of(ONLY));
  }
}
