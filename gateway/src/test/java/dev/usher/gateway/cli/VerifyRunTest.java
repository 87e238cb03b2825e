package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

/** What a run of verify decides by itself. */
class VerifyRunTest {

  private final Disruption.Reader reader = new Disruption.Reader();

  @Test
  void sameSeedKillsAtTheSamePlaces() {
    assertThat(VerifyRun.places(3, 1_000, 7)).isEqualTo(VerifyRun.places(3, 1_000, 7));
    assertThat(VerifyRun.places(3, 1_000, 7)).isNotEqualTo(VerifyRun.places(3, 1_000, 8));
  }

  @Test
  void eachIsKilledInItsOwnShareOfTheSignups() {
    for (long seed = 0; seed < 200; seed++) {
      List<Integer> places = VerifyRun.places(4, 100, seed);
      for (int i = 0; i < 4; i++) {
        assertThat(places.get(i)).isBetween(i * 25, i * 25 + 24);
      }
    }
    assertThat(VerifyRun.places(0, 100, 1)).isEmpty();
    assertThat(VerifyRun.places(3, 1, 1)).allMatch(place -> place == 0);
  }

  @Test
  void disruptionNamesAProcessAndWhatStartsItAgain() {
    assertThat(reader.convert("gateway"))
        .isEqualTo(new Disruption(Optional.empty(), Optional.empty()));
    assertThat(reader.convert("4711=java -Da=b -jar x.jar"))
        .isEqualTo(new Disruption(Optional.of(4711L), Optional.of("java -Da=b -jar x.jar")));
  }

  @Test
  void anythingElseIsRefusedInWords() {
    for (String wrong : List.of("", "email", "gateway=", "12x", "=java")) {
      assertThatThrownBy(() -> reader.convert(wrong))
          .as(wrong)
          .isInstanceOf(TypeConversionException.class)
          .hasMessageContaining("names no process; write gateway or a process id");
    }
  }

  @Test
  void verdictIsGoodOnlyWhereNothingWasLost() {
    assertThat(new Verdict(2, 2, 5, List.of(), 1, 7, 0).exit()).isEqualTo(Exit.OK);
    assertThat(new Verdict(2, 1, 0, List.of("signup_x"), 1, 7, 0).exit()).isEqualTo(Exit.FAILED);
  }
}
