package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreferredWaitTest {

  @Test
  void theFirstWaitOfAllHeadersCounts() {
    Map.of(
            "wait=5", 5,
            "WAIT = 7", 7,
            "wait=\"8\"", 8,
            "respond-async, wait=10", 10,
            "wait=3; urgency=low, wait=9", 3,
            "wait=0", 0,
            "wait=99999999999999999999", Integer.MAX_VALUE)
        .forEach(
            (value, seconds) ->
                assertThat(PreferredWait.of(List.of(value)))
                    .as(value)
                    .contains(Duration.ofSeconds(seconds)));
    assertThat(PreferredWait.of(List.of("respond-async", "wait=4")))
        .contains(Duration.ofSeconds(4));
  }

  @Test
  void whatIsMalformedIsIgnored() {
    for (String value :
        List.of("", "wait", "wait=", "wait=-1", "wait=1.5", "wait=5s", "awaiting=5", "wait=\"5")) {
      assertThat(PreferredWait.of(List.of(value))).as(value).isEmpty();
    }
  }
}
