package dev.usher.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReasonTest {

  @Test
  void controlCharactersBecomeBlanks() {
    assertThat(Reason.of(new IllegalStateException("a\r\nb\0c\u001b[31m")))
        .isEqualTo("IllegalStateException: a b c [31m");
  }

  @Test
  void failureWithoutAMessageIsNamed() {
    assertThat(Reason.of(new StackOverflowError())).isEqualTo("StackOverflowError");
  }

  @Test
  void longReasonIsCutAtACharacter() {
    String reason = Reason.message(new Rejected("ä€😀".repeat(200)));

    assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(509, Reason.MAX_BYTES);
    assertThat("ä€😀".repeat(200)).startsWith(reason);
    assertThat(Character.isHighSurrogate(reason.charAt(reason.length() - 1))).isFalse();
  }

  @Test
  void logLineHasThePlaceAndNeverTheMessage() {
    assertThat(Reason.forLog(new IllegalStateException("ada@example.com is unknown")))
        .startsWith("IllegalStateException at dev.usher.handler.ReasonTest.logLine")
        .doesNotContain("ada");
  }
}
