package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimedWindowTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final PagesByHand pages = new PagesByHand();
  private final TimedWindow window = new TimedWindow("mail", Lane.TIMED, pages, 3, pages);

  @BeforeEach
  void ask() {
    window.refill();
  }

  @Test
  void earliestComesFirst() {
    pages.answer(true, due(2, 20), due(1, 30));

    window.committed(due(3, 10));

    assertThat(window.nextDue()).isEqualTo(NOW.plusSeconds(10));
    assertThat(window.hasDue(NOW.plusSeconds(9))).isFalse();
    assertThat(window.countDue(NOW.plusSeconds(20))).isEqualTo(2);
    assertThat(polled()).containsExactly(3L, 2L, 1L);
  }

  @Test
  void whatACommitSaidDuringAPageIsNewerThanThePage() {
    window.committed(due(1, 60));

    pages.answer(true, due(1, 0), due(2, 5));

    assertThat(window.nextDue()).isEqualTo(NOW.plusSeconds(5));
    assertThat(polled()).containsExactly(2L, 1L);
  }

  @Test
  void whatIsInHandIsLeftOutOfAPage() {
    pages.inHand.add(1L);

    pages.answer(true, due(1, 0), due(2, 5));

    assertThat(polled()).containsExactly(2L);
  }

  @Test
  void whatIsDueBeyondItsHorizonStaysInTheJournal() {
    pages.answer(false, due(1, 1), due(2, 2), due(3, 3));

    window.committed(due(4, 30));

    assertThat(polled()).containsExactly(1L, 2L, 3L);
    window.refill();
    pages.answer(true, due(4, 30));
    assertThat(polled()).containsExactly(4L);
  }

  @Test
  void fullWindowLetsItsLatestGoAndFindsItAgain() {
    pages.answer(true);
    for (long seq = 1; seq <= 4; seq++) {
      window.committed(due(seq, 10 - seq));
    }

    assertThat(polled()).containsExactly(4L, 3L, 2L);
    window.refill();
    pages.answer(true, due(1, 9));
    assertThat(polled()).containsExactly(1L);
  }

  @Test
  void bytesBoundItAsWellAsNumbers() {
    pages.answer(true);
    window.committed(due(1, 1, 3 << 20));

    window.committed(due(2, 2, 3 << 20));

    assertThat(polled()).containsExactly(1L);
    window.refill();
    assertThat(pages.asked).hasSize(1);
  }

  @Test
  void oneDeliveryHeavierThanTheBoundIsStillTaken() {
    pages.answer(true, due(1, 1, 5 << 20));

    assertThat(polled()).containsExactly(1L);
  }

  @Test
  void removedDeliveryIsGoneAlsoWhereItCameDuringAPage() {
    window.committed(due(1, 1));
    window.remove(1);
    pages.answer(true, due(2, 2));
    window.remove(2);

    assertThat(polled()).isEmpty();
  }

  @Test
  void pageThatWasAskedBeforeAResetIsNotTaken() {
    window.reset();
    window.refill();

    pages.answer(true, due(7, 1));
    assertThat(window.nextDue()).isEqualTo(Instant.MAX);
    pages.answer(true, due(8, 1));

    assertThat(polled()).containsExactly(8L);
  }

  @Test
  void pageThatFailedIsToldAndAskedAgain() {
    pages.asked.remove().fail("disk on fire");

    assertThat(pages.unreadable).isEqualTo(1);
    window.refill();
    assertThat(pages.asked).hasSize(1);
  }

  private List<Long> polled() {
    List<Long> polled = new ArrayList<>();
    while (window.nextDue().isBefore(Instant.MAX)) {
      polled.add(window.poll().signup().seq());
    }
    return polled;
  }

  private static Delivery due(long seq, long seconds) {
    return due(seq, seconds, 0);
  }

  private static Delivery due(long seq, long seconds, int bytes) {
    Signup signup = new Signup(seq, "signup_" + seq, NOW, new byte[bytes]);
    return new Delivery(
        signup, "mail", true, Lane.TIMED, NOW.plusSeconds(seconds), 1, Optional.of(NOW));
  }
}
