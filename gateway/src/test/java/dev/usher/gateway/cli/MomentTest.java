package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MomentTest {

  private final Moment.Converter converter =
      new Moment.Converter(Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC));

  @Test
  void aTimeIsItself() {
    assertThat(converter.convert("2025-12-24T18:00:00Z")).hasToString("2025-12-24T18:00:00Z");
  }

  @Test
  void aSpanIsSoLongAgo() {
    assertThat(converter.convert("2h")).hasToString("2026-01-31T10:00:00Z");
    assertThat(converter.convert("30d")).hasToString("2026-01-01T12:00:00Z");
  }

  @Test
  void anythingElseIsToldWhatToWrite() {
    assertThatThrownBy(() -> converter.convert("monday"))
        .hasMessage(
            "\"monday\" is neither a time such as 2026-01-31T12:00:00Z nor how long ago, such as"
                + " 2h");
  }
}
