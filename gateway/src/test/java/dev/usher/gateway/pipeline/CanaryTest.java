package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.usher.gateway.fixture.ScriptedInvoker;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary beside another version; of a hundred signups the first ones are for it, in a row. */
class CanaryTest {

  private static final Action MAIL = Rig.action("mail", true, 100, true);
  private static final String ADDRESS = MAIL.address();
  private static final int WINDOW = 40;
  private static final int SIDING = WINDOW / 2;

  @TempDir Path folder;
  private Rig rig;
  private ScriptedInvoker handlers;

  @BeforeEach
  void start() {
    rig = new Rig(folder, WINDOW).start(MAIL);
    handlers = rig.invoker;
    handlers.slots(ADDRESS, 100);
  }

  @AfterEach
  void end() throws SQLException {
    rig.end();
  }

  @Test
  void eachSignupGoesToItsOwnVersion() {
    handlers.canary(ADDRESS, 3, 100);

    accept(10);

    assertThat(inFlightOn("canary")).containsExactly(1L, 2L);
    assertThat(inFlightOn("scripted")).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void everyAttemptOfADeliveryGoesTheSameWay() {
    handlers.canary(ADDRESS, 3, 100);
    accept(1);

    for (int attempt = 0; attempt < 4; attempt++) {
      rig.answer(Outcome.FAILED);
      rig.advance(Rig.RETRY.max());
      assertThat(inFlightOn("canary")).containsExactly(1L);
    }
  }

  @Test
  void fullCanaryStallsNobody() {
    handlers.canary(ADDRESS, 6, 1);

    accept(30);

    assertThat(inFlightOn("canary")).containsExactly(1L);
    assertThat(inFlightOn("scripted")).containsExactlyElementsOf(range(6, 30));
  }

  @Test
  void whatWaitsForTheCanaryGetsItInOrder() {
    handlers.canary(ADDRESS, 6, 1);
    accept(5);

    for (long next = 1; next <= 5; next++) {
      assertThat(inFlightOn("canary")).containsExactly(next);
      rig.answer(Outcome.SUCCEEDED);
    }

    assertThat(inFlightOn("scripted")).isEmpty();
    assertThat(rig.pipeline.totals().openDeliveries()).isZero();
  }

  @Test
  void whatWaitsForTheCanaryWaitsForCapacity() {
    handlers.canary(ADDRESS, 6, 1);
    accept(3);
    handlers.inFlight().forEach(attempt -> answer(attempt, Outcome.FAILED));
    rig.advance(Rig.RETRY.max());

    assertThat(rig.pipeline.status().result().get(0).waiting())
        .containsOnly(entry(WaitingReason.CAPACITY, 2L));
  }

  @Test
  void whileTheOthersAreFullTheCanaryGetsNoMoreThanItsShare() {
    handlers.slots(ADDRESS, 1);
    handlers.canary(ADDRESS, 10, 100);
    accept(399);

    int most = 0;
    while (rig.pipeline.totals().openDeliveries() > 0) {
      handlers.inFlight().forEach(attempt -> answer(attempt, Outcome.SUCCEEDED));
      most = Math.max(most, overshoot());
    }

    assertThat(most).as("beyond its share of what was sent, at any moment").isLessThan(10);
    assertThat(sentTo("canary")).hasSize(9 + 10 + 10 + 10);
    assertThat(sentTo("scripted")).isSorted();
  }

  @Test
  void whoeverIsThereTakesWhatIsForTheVersionThatIsNot() {
    handlers.canary(ADDRESS, 50, 1);
    handlers.slots(ADDRESS, 0);
    accept(5);
    assertThat(inFlightOn("canary")).containsExactly(1L);

    handlers.slots(ADDRESS, 100);
    handlers.canary(ADDRESS, 50, 0);
    rig.settle();

    assertThat(inFlightOn("scripted")).containsExactlyElementsOf(range(2, 5));
  }

  @Test
  void canaryThatCantKeepUpLeavesTheRestToTheOthers() {
    handlers.canary(ADDRESS, 90, 1);

    accept(1 + SIDING + 3);

    assertThat(inFlightOn("canary")).containsExactly(1L);
    assertThat(inFlightOn("scripted")).hasSize(3);
    assertThat(rig.pipeline.totals().all().pending()).isEqualTo(SIDING);
  }

  @Test
  void canaryThatHangsLeavesTheOthersTheirPlaces() {
    handlers.canary(ADDRESS, 20, 1_000);

    accept(200);

    assertThat(inFlightOn("canary")).hasSize(20);
    assertThat(inFlightOn("scripted")).hasSize(80);
  }

  @Test
  void canaryThatHangsMakesNobodyCautious() {
    handlers.canary(ADDRESS, 20, 10);
    accept(Caution.PATIENCE + 1);

    handlers.inFlight().forEach(attempt -> answer(attempt, Outcome.TIMED_OUT));
    accept(30);

    assertThat(inFlightOn("scripted")).hasSizeGreaterThan(1);
  }

  @Test
  void withASmallerShareOthersTakeWhatWaited() {
    handlers.canary(ADDRESS, 50, 1);
    accept(6);
    assertThat(inFlightOn("scripted")).isEmpty();

    handlers.canary(ADDRESS, 4, 1);
    rig.settle();

    assertThat(inFlightOn("scripted")).containsExactly(4L, 5L, 6L);
    rig.invoker.succeedAll();
    rig.settle();
    assertThat(inFlightOn("canary")).containsExactly(2L);
  }

  @Test
  void whatIsCancelledWhileItWaitsIsNeverSent() {
    handlers.canary(ADDRESS, 50, 1);
    accept(1);
    Receipt second = rig.accepted();

    var cancelled =
        rig.pipeline.cancel(new Cancellation(second.id(), Optional.empty(), "ada", "no more"));
    rig.settle();
    rig.answer(Outcome.SUCCEEDED);

    assertThat(cancelled.succeeded()).isTrue();
    assertThat(sentTo("canary")).containsExactly(1L);
  }

  private void accept(int count) {
    IntStream.range(0, count).forEach(one -> rig.accepted());
  }

  private void answer(Attempt attempt, Outcome outcome) {
    handlers.answer(attempt, new Ending(outcome, ""));
    rig.settle();
  }

  /** How many more the canary was sent than its tenth of all. */
  private int overshoot() {
    return sentTo("canary").size() - handlers.sent().size() / 10;
  }

  private List<Long> inFlightOn(String instance) {
    return on(instance, handlers.inFlight());
  }

  private List<Long> sentTo(String instance) {
    return on(instance, handlers.sent());
  }

  private static List<Long> on(String instance, List<Attempt> attempts) {
    return attempts.stream()
        .filter(attempt -> attempt.slot().instance().equals(instance))
        .map(attempt -> attempt.delivery().signup().seq())
        .toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
