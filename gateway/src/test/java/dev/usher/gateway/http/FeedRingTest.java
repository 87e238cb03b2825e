package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class FeedRingTest {

  private final FeedRing ring = new FeedRing();

  @Test
  void eventsAreNumberedAndKept() {
    add(3, 10);

    assertThat(ring.last()).isEqualTo(3);
    assertThat(ring.get(2).orElseThrow().text().toString())
        .isEqualTo("id: r-2\nevent: news\ndata: xxxxxxxxxx\n\n");
    assertThat(ring.get(0)).isEmpty();
    assertThat(ring.get(4)).isEmpty();
    assertThat(ring.isWholeAfter(0)).isTrue();
    assertThat(ring.isWholeAfter(3)).isTrue();
    assertThat(ring.isWholeAfter(4)).isFalse();
  }

  @Test
  void theOldestGoWhereThereAreTooMany() {
    add(1_200, 10);

    assertThat(ring.isWholeAfter(199)).isFalse();
    assertThat(ring.isWholeAfter(200)).isTrue();
    assertThat(ring.get(201)).isPresent();
  }

  @Test
  void theOldestGoWhereTheyAreTooLong() {
    add(100, 100_000);

    assertThat(ring.isWholeAfter(50)).isFalse();
    assertThat(ring.isWholeAfter(90)).isTrue();
  }

  @Test
  void whoComesBackToAnEmptiedRingHasMissedSomething() {
    add(3, 10);
    ring.clear();

    assertThat(ring.isWholeAfter(3)).isFalse();
    assertThat(ring.isWholeAfter(ring.last())).isTrue();
  }

  private void add(int count, int length) {
    for (int i = 0; i < count; i++) {
      ring.add("r-", "news", Buffer.buffer("x".repeat(length)));
    }
  }
}
