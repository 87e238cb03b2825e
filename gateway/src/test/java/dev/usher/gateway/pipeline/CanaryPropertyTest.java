package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two versions side by side under load that comes and goes, with slots and a share drawn by lot. A
 * failing one names its seed.
 */
class CanaryPropertyTest {

  private static final int SEEDS = 40;

  @TempDir Path folder;

  @Test
  void canaryGetsItsSignupsAndNoOthersAndNeverRunsAhead() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try {
        new Load(Files.createDirectory(folder.resolve("seed-" + seed)), new Random(seed)).play();
      } catch (AssertionError e) {
        throw new AssertionError("load of seed " + seed, e);
      }
    }
  }

  private static final class Load {

    private static final Action MAIL = Rig.action("mail", true, 8, true);
    private static final int SIGNUPS = 250;

    private final Random random;
    private final Rig rig;
    private final int share;
    private final Set<Long> begun = new HashSet<>();
    private int accepted;

    Load(Path folder, Random random) {
      this.random = random;
      share = random.nextInt(100);
      rig = new Rig(folder, 2 + random.nextInt(40)).start(MAIL);
      rig.invoker.slots(MAIL.address(), 1 + random.nextInt(8));
      rig.invoker.canary(MAIL.address(), share, 1 + random.nextInt(4));
      rig.invoker.onSend(this::sent);
    }

    void play() throws Exception {
      while (accepted < SIGNUPS || rig.pipeline.totals().openDeliveries() > 0) {
        boolean isQuiet = accepted == SIGNUPS || random.nextInt(3) == 0;
        if (isQuiet) {
          answer();
        } else {
          accept();
        }
      }
      assertThat(begun).hasSize(SIGNUPS);
      rig.end();
    }

    private void accept() {
      for (int burst = Math.min(1 + random.nextInt(12), SIGNUPS - accepted); burst > 0; burst--) {
        accepted++;
        rig.accepted();
      }
    }

    private void answer() {
      List<Attempt> inFlight = rig.invoker.inFlight();
      if (inFlight.isEmpty()) {
        rig.advance(Rig.RETRY.max());
        return;
      }
      Attempt attempt = inFlight.get(random.nextInt(inFlight.size()));
      boolean isWell = random.nextInt(10) > 0;
      Outcome outcome = isWell ? Outcome.SUCCEEDED : Outcome.FAILED;
      rig.invoker.answer(attempt, new Ending(outcome, ""));
      rig.settle();
    }

    private void sent(Attempt attempt) {
      long seq = attempt.delivery().signup().seq();
      boolean isCanary = attempt.slot().instance().equals("canary");
      assertThat(isForCanary(seq) || !isCanary).as("%s is for the canary", seq).isTrue();
      if (!isCanary && isForCanary(seq)) {
        assertThat(rig.invoker.inFlight())
            .as("%s found the canary full", seq)
            .anyMatch(other -> other.slot().instance().equals("canary"));
      }
      if (begun.add(seq) && isCanary) {
        for (long earlier = 1; earlier < seq; earlier++) {
          assertThat(begun.contains(earlier) || isForCanary(earlier))
              .as("%s goes before %s, which the others are to have", seq, earlier)
              .isTrue();
        }
      }
    }

    private boolean isForCanary(long seq) {
      return seq % 100 < share;
    }
  }
}
