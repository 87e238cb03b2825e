package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.News;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeedSampleTest {

  private static final long SECOND = 1_000_000_000L;

  private final FeedSample sample = new FeedSample();

  @Test
  void underLoadAFewSignupsASecondAreTold() {
    assertThat(told(News.Kind.SIGNUP_ACCEPTED, 1_000, SECOND)).isEqualTo(FeedSample.A_SECOND);
    assertThat(sample.takeSkipped()).isEqualTo(1_000 - FeedSample.A_SECOND);
    assertThat(sample.takeSkipped()).isZero();
    assertThat(told(News.Kind.SIGNUP_ACCEPTED, 1_000, 2 * SECOND)).isEqualTo(FeedSample.A_SECOND);
  }

  @Test
  void whoSawASignupBeginSeesItEnd() {
    var unused = told(News.Kind.SIGNUP_ACCEPTED, 1_000, SECOND);

    assertThat(told(News.Kind.SIGNUP_COMPLETED, 1_000, SECOND)).isEqualTo(FeedSample.A_SECOND);
    assertThat(sample.lets(signup(News.Kind.SIGNUP_COMPLETED, 3), SECOND)).isFalse();
  }

  @Test
  void aFloodOfSignupsHidesNoDeadLetterAndNoHandler() {
    var unused = told(News.Kind.SIGNUP_ACCEPTED, 1_000, SECOND);

    assertThat(
            sample.lets(
                new News.OfDelivery(
                    News.Kind.DELIVERY_DEAD, Instant.EPOCH, "s", "mail", Cause.REJECTED),
                SECOND))
        .isTrue();
    HandlerStatus handler =
        new HandlerStatus("i", "h", true, "a", "n", "1", "", "java", 1, 0, "up");
    assertThat(
            sample.lets(new News.OfHandler(News.Kind.HANDLER_LEFT, Instant.EPOCH, handler), SECOND))
        .isTrue();
  }

  private long told(News.Kind kind, int count, long nanos) {
    return IntStream.range(0, count).filter(i -> sample.lets(signup(kind, i), nanos)).count();
  }

  private static News signup(News.Kind kind, int number) {
    return new News.OfSignup(kind, Instant.EPOCH, "signup_" + number);
  }
}
