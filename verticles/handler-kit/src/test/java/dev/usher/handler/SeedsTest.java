package dev.usher.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void portsThatFollowEachOtherAreARange() {
    assertThat(Seeds.text(List.of("127.0.0.1:5701", "127.0.0.1:5702", "127.0.0.1:5703")))
        .isEqualTo("127.0.0.1:5701-5703");
    assertThat(Seeds.text(List.of("a:5701", "a:5702", "b:5703", "[::1]:5701", "[::1]:5702")))
        .isEqualTo("a:5701-5702, b:5703, [::1]:5701-5702");
    assertThat(Seeds.text(List.of("a:5701", "a:5703", "b", "c"))).isEqualTo("a:5701, a:5703, b, c");
    assertThat(Seeds.text(List.of())).isEmpty();
  }
}
