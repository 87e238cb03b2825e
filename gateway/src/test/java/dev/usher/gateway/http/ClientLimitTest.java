package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Rate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientLimitTest {

  private long now = Long.MAX_VALUE - 5;
  private final ClientLimit limit =
      new ClientLimit(new Rate(3, Duration.ofSeconds(3)), List.of(), 2, () -> now);

  @Test
  void aPeriodsWorthMayComeAtOnceAndThenAtAnEvenPace() {
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(1));
    pass(Duration.ofMillis(999));
    assertThat(limit.take("a")).isEqualTo(Duration.ofMillis(1));
    pass(Duration.ofMillis(1));
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void refusedRequestsCostNothing() {
    for (int i = 0; i < 100; i++) {
      var unused = limit.take("a");
    }
    pass(Duration.ofSeconds(1));

    assertThat(limit.take("a")).isZero();
  }

  @Test
  void clientsDoNotShareTheirLimitAndTheOldestIsForgotten() {
    for (int i = 0; i < 3; i++) {
      assertThat(limit.take("a")).isZero();
      assertThat(limit.take("b")).isZero();
    }
    assertThat(limit.take("b")).isPositive();
    assertThat(limit.take("c")).isZero();

    assertThat(limit.take("b")).isPositive();
    assertThat(limit.take("a")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.255.1.2,true",
    "10.0.0.0/8,11.0.0.1,false",
    "192.0.2.128/25,192.0.2.127,false",
    "192.0.2.128/25,192.0.2.200,true",
    "127.0.0.1,127.0.0.1,true",
    "127.0.0.1,::ffff:127.0.0.1,true",
    "2001:db8::/32,2001:db8:1::1,true",
    "2001:db8::/32,2001:db9::1,false",
    "0.0.0.0/0,::1,false",
    "::1,unknown,false"
  })
  void blocksHoldTheirAddresses(String network, String address, boolean holds) {
    assertThat(Network.parse(network).holds(address)).isEqualTo(holds);
  }

  @Test
  void anIpv6SubscriberHasAWholeBlock() {
    assertThat(Network.subscriber("2001:db8:0:1:aaaa::1"))
        .isEqualTo(Network.subscriber("2001:db8:0:1:bbbb::2"))
        .isNotEqualTo(Network.subscriber("2001:db8:0:2:aaaa::1"));
    assertThat(Network.subscriber("::ffff:192.0.2.1"))
        .isNotEqualTo(Network.subscriber("::ffff:192.0.2.2"));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
