package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MacsTest {

  private final Macs macs = new Macs("secret".getBytes(StandardCharsets.US_ASCII));

  @Test
  void isTheFirstHalfOfTheHmacOfPurposeAndValue() {
    // printf 'person\0ada@example.org' | openssl dgst -sha256 -hmac secret
    assertThat(HexFormat.of().formatHex(macs.of(Macs.Purpose.PERSON, "ada@example.org")))
        .isEqualTo("53a86df079723a6d869c0296aa23dbb5");
  }

  @Test
  void sameValueHasAnotherFingerprintForEachPurpose() {
    assertThat(macs.of(Macs.Purpose.IDEMPOTENCY_KEY, "x"))
        .isNotEqualTo(macs.of(Macs.Purpose.BODY, "x"));
  }

  @Test
  void anotherKeyGivesAnotherFingerprint() {
    Macs others = new Macs("other".getBytes(StandardCharsets.US_ASCII));

    assertThat(others.of(Macs.Purpose.BODY, "x")).isNotEqualTo(macs.of(Macs.Purpose.BODY, "x"));
  }
}
