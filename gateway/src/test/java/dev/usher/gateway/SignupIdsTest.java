package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignupIdsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private final SignupIds ids = new SignupIds(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void encodesAsTheSpecificationOfTypeIdDoes() {
    assertThat(encoded("01890a5d-ac96-774b-bcce-b302099a8057"))
        .isEqualTo("01h455vb4pex5vsknk084sn02q");
    assertThat(encoded("00000000-0000-0000-0000-000000000000"))
        .isEqualTo("00000000000000000000000000");
    assertThat(encoded("ffffffff-ffff-ffff-ffff-ffffffffffff"))
        .isEqualTo("7zzzzzzzzzzzzzzzzzzzzzzzzz");
  }

  @Test
  void namesWhatItIsAndCarriesAUuidOfVersion7() {
    String id = ids.next();

    assertThat(id).matches("signup_[0-7][0-9a-hjkmnp-tv-z]{25}");
    UUID uuid = decoded(id.substring("signup_".length()));
    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void isNeverTheSameTwiceWithinOneMillisecond() {
    Set<String> seen = new HashSet<>();

    Stream.generate(ids::next).limit(10_000).forEach(seen::add);

    assertThat(seen).hasSize(10_000);
  }

  @Test
  void sortsByTime() {
    SignupIds later = new SignupIds(Clock.fixed(NOW.plusMillis(1), ZoneOffset.UTC));

    for (int i = 0; i < 100; i++) {
      assertThat(ids.next()).isLessThan(later.next());
    }
  }

  private static String encoded(String text) {
    UUID uuid = UUID.fromString(text);
    return SignupIds.base32(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  private static UUID decoded(String text) {
    long high = 0;
    long low = 0;
    for (char digit : text.toCharArray()) {
      high = (high << 5) | (low >>> 59);
      low = (low << 5) | ALPHABET.indexOf(digit);
    }
    return new UUID(high, low);
  }
}
