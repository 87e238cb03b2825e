package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

  private static final Duration AGE = Duration.ofHours(1);

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder, 64).start(Rig.action("mail"));
  }

  @Test
  void settledSignupsGoOnceTheyAreOldAndTheTotalsStay() {
    rig.invoker.slots("at.mail", 8);
    String old = succeeded();
    rig.pipeline.retain(AGE);
    rig.advance(AGE.minusMinutes(2));
    String young = succeeded();
    assertThat(isThere(old)).isTrue();

    pass(Duration.ofMinutes(5));

    assertThat(isThere(old)).isFalse();
    assertThat(isThere(young)).isTrue();
    assertThat(rig.pipeline.totals().accepted()).isEqualTo(2);
    assertThat(rig.pipeline.totals().completed()).isEqualTo(2);
    assertThat(rig.pipeline.totals().all().succeeded()).isEqualTo(2);
  }

  @Test
  void whatIsOpenOrDeadStaysHoweverOldAndGoesWhenItIsSettled() {
    String open = rig.accepted().id();
    rig.invoker.slots("at.mail", 8);
    rig.settle();
    rig.answer(Outcome.REJECTED);
    rig.pipeline.retain(AGE);

    pass(AGE.multipliedBy(3));
    assertThat(isThere(open)).isTrue();

    var unused =
        rig.pipeline.repair(
            new Repairs.Order(
                Repair.DISCARD,
                new DeadLetter.Filter(
                    Set.of(), Optional.of("mail"), Optional.empty(), Optional.empty()),
                false,
                OptionalInt.empty(),
                "local",
                ""));
    rig.settle();
    pass(Duration.ofMinutes(5));
    assertThat(isThere(open)).isFalse();
  }

  @Test
  void manyGoInSmallChunksAndWhatIsKeptIsPassedBy() {
    String dead = rig.accepted().id();
    rig.invoker.slots("at.mail", 1);
    rig.settle();
    rig.answer(Outcome.REJECTED);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3 * Retention.CHUNK; i++) {
      ids.add(succeeded());
    }
    List<Change> purges = new ArrayList<>();
    rig.journal.onDurable(change -> purges.add(change));
    rig.pipeline.retain(AGE);

    pass(AGE.plusMinutes(5));

    assertThat(ids).noneMatch(this::isThere);
    assertThat(isThere(dead)).isTrue();
    assertThat(purges).hasSizeGreaterThanOrEqualTo(3).allMatch(Change.Purge.class::isInstance);
  }

  @Test
  void zeroKeepsEverything() {
    rig.invoker.slots("at.mail", 8);
    String id = succeeded();
    rig.pipeline.retain(Duration.ZERO);

    pass(Duration.ofDays(1));

    assertThat(isThere(id)).isTrue();
  }

  @Test
  void erasedOnesWhoseNoticeIsOwedStayUntilItIsHeard() {
    rig.invoker.slots("at.mail", 8);
    rig.configure(Rig.told("mail"));
    String id = succeeded();
    var unused = rig.pipeline.erase(Erasures.Order.ofSignup(id, false, "local"));
    rig.settle();
    rig.pipeline.retain(AGE);

    pass(AGE.multipliedBy(2));
    assertThat(isThere(id)).isTrue();

    rig.invoker.slots("at.mail.erased", 1);
    rig.settle();
    rig.answer(Outcome.SUCCEEDED);
    pass(Duration.ofMinutes(5));
    assertThat(isThere(id)).isFalse();
  }

  private String succeeded() {
    String id = rig.accepted().id();
    rig.answer(Outcome.SUCCEEDED);
    return id;
  }

  /** Minute by minute, and the moments after each: a round is many steps. */
  private void pass(Duration time) {
    for (long minute = 0; minute < time.toMinutes(); minute++) {
      rig.advance(Duration.ofSeconds(59));
      for (int step = 0; step < 10; step++) {
        rig.advance(Duration.ofMillis(100));
      }
    }
  }

  private boolean isThere(String id) {
    Future<Optional<Receipt>> found = rig.pipeline.receipt(id);
    rig.settle();
    return found.result().isPresent();
  }
}
