package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.usher.wire.Catalogue;
import dev.usher.wire.HandlerVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanarySharesTest {

  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  /** Another value here would send retries to the other version after an upgrade of the gateway. */
  @Test
  void placeOfASignupIsTheSameForEver() {
    assertThat(CanaryShares.place("signup_01h455vb4pex5vsknk084sn02q")).isEqualTo(19);
    assertThat(CanaryShares.place("123456789")).isEqualTo(0xCBF43926L % 100);
  }

  @Test
  void signupsAreSpreadEvenly() {
    Random random = new Random(1);
    int[] places = new int[100];
    for (int i = 0; i < 100_000; i++) {
      places[CanaryShares.place(id(random))]++;
    }

    for (int share : new int[] {1, 10, 50, 90}) {
      double part = IntStream.range(0, share).map(place -> places[place]).sum() / 1_000.0;
      assertThat(part).as("percent of a share of %s", share).isCloseTo(share, within(0.7));
    }
  }

  /** Of one millisecond, as those of a burst are. */
  private static String id(Random random) {
    StringBuilder id = new StringBuilder("signup_01h455vb4pe");
    random.ints(15, 0, DIGITS.length()).forEach(digit -> id.append(DIGITS.charAt(digit)));
    return id.toString();
  }

  @Test
  void catalogueSaysWhichVersionsAreCanaries() {
    Catalogue catalogue =
        new Catalogue(
            "g",
            1,
            List.of(
                new Catalogue.Entry(Optional.of(version("a", 1)), Optional.of(version("a", 2)), 10),
                new Catalogue.Entry(
                    Optional.of(version("b", 1)), Optional.of(version("b", 2)), Catalogue.WHOLE),
                new Catalogue.Entry(Optional.empty(), Optional.of(version("c", 1)), 5),
                new Catalogue.Entry(Optional.of(version("d", 4)), Optional.empty(), 5)));

    assertThat(CanaryShares.of(catalogue)).isEqualTo(new CanaryShares(Map.of("a#2", 10)));
  }

  @Test
  void shareIsAPartOfAHundred() {
    assertThatThrownBy(() -> new CanaryShares(Map.of("a#2", 101)))
        .hasMessage("the share of a#2 is 101 percent; 0 to 100 can be");
  }

  private static HandlerVersion version(String name, int number) {
    return new HandlerVersion(name, number, name + ".jar", "abc", 1, "", Map.of(), false);
  }
}
