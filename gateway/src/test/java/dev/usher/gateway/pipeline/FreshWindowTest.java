package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshWindowTest {

  private final PagesByHand pages = new PagesByHand();
  private final FreshWindow window = new FreshWindow("mail", pages, 4, pages);

  @BeforeEach
  void ask() {
    window.refill();
  }

  @Test
  void atTheHeadACommitFeedsItDirectly() {
    pages.answer(true);

    window.committed(delivery(1));

    assertThat(polled()).containsExactly(1L);
    window.refill();
    assertThat(pages.asked).isEmpty();
  }

  @Test
  void commitDuringAPageMakesItAskAgain() {
    window.committed(delivery(2));
    pages.answer(true, delivery(1));

    window.refill();

    assertThat(pages.askedAfter).containsExactly(0L, 1L);
    pages.answer(true, delivery(2));
    assertThat(polled()).containsExactly(1L, 2L);
  }

  @Test
  void commitThatThePageHasAlreadyIsNotTakenTwice() {
    pages.answer(true, delivery(1), delivery(2));

    window.committed(delivery(2));

    assertThat(polled()).containsExactly(1L, 2L);
  }

  @Test
  void whatIsInHandIsLeftOutOfAPage() {
    pages.inHand.add(1L);

    pages.answer(true, delivery(1), delivery(2));

    assertThat(polled()).containsExactly(2L);
  }

  @Test
  void fullWindowSkipsACommitAndFindsItByPaging() {
    pages.answer(true);
    for (long seq = 1; seq <= 5; seq++) {
      window.committed(delivery(seq));
    }
    assertThat(window.isDrained()).isFalse();
    assertThat(polled()).containsExactly(1L, 2L, 3L, 4L);

    window.refill();
    assertThat(pages.askedAfter).containsExactly(0L, 4L);
    pages.answer(true, delivery(5));

    assertThat(polled()).containsExactly(5L);
    assertThat(window.isDrained()).isTrue();
  }

  @Test
  void bytesBoundItAsWellAsNumbers() {
    pages.answer(true);
    window.committed(heavy(1));
    window.committed(heavy(2));

    window.committed(heavy(3));

    assertThat(polled()).containsExactly(1L, 2L);
    window.refill();
    assertThat(pages.askedAfter).containsExactly(0L, 2L);
  }

  @Test
  void pageThatWasAskedBeforeAResetIsNotTaken() {
    window.reset();
    window.refill();

    pages.answer(true, delivery(7));
    assertThat(window.isEmpty()).isTrue();
    pages.answer(true, delivery(8));

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
    while (!window.isEmpty()) {
      polled.add(window.poll().signup().seq());
    }
    return polled;
  }

  private static Delivery delivery(long seq) {
    return of(seq, 0);
  }

  private static Delivery heavy(long seq) {
    return of(seq, 2 << 20);
  }

  private static Delivery of(long seq, int bytes) {
    Signup signup = new Signup(seq, "signup_" + seq, Instant.EPOCH, new byte[bytes]);
    return Delivery.planned(signup, Rig.action("mail"));
  }
}
