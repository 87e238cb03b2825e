package dev.usher.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearMatchTest {

  @Test
  void twoTypingErrorsAreForgiven() {
    assertThat(NearMatch.among(List.of("timeout", "retry"), "tiemot")).contains("timeout");
    assertThat(NearMatch.among(List.of("timeout", "retry"), "timer")).isEmpty();
  }

  @Test
  void caseCountsForNothing() {
    assertThat(NearMatch.among(List.of("giveUpAfter"), "giveupafter")).contains("giveUpAfter");
  }

  @Test
  void swappedNeighboursAreOneError() {
    assertThat(NearMatch.distance("USHER_EMAIL_SMPT_HOST", "USHER_EMAIL_SMTP_HOST")).isEqualTo(1);
  }

  @Test
  void aShortWordIsNearOnlyToItsLike() {
    assertThat(NearMatch.among(List.of("key", "max"), "abc")).isEmpty();
  }
}
