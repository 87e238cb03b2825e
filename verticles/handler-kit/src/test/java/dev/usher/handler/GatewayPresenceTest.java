package dev.usher.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.handler.GatewayPresence.Notice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayPresenceTest {

  private final GatewayPresence presence = new GatewayPresence(0);

  @Test
  void noOneIsAloneBeforeAGatewayHadTimeToSpeak() {
    assertThat(presence.check(2_400)).isEqualTo(Notice.NOTHING);
  }

  @Test
  void warningsComeAgainAndAgainAndEverMoreRarely() {
    assertThat(warningsUntil(900)).containsExactly(3, 13, 43, 103, 223, 523, 823);
  }

  @Test
  void gatewayThatAppearsIsReportedOnce() {
    presence.check(2_500);

    assertThat(presence.heard("g1", 3_000)).isEqualTo(Notice.FOUND);
    assertThat(presence.heard("g1", 5_000)).isEqualTo(Notice.NOTHING);
    assertThat(presence.heard("g2", 5_000)).isEqualTo(Notice.NOTHING);
    assertThat(presence.count()).isEqualTo(2);
  }

  @Test
  void threeMissedBeaconsOfTheLastGatewayAreReportedAtOnce() {
    presence.heard("g1", 1_000);
    presence.heard("g2", 4_000);

    assertThat(presence.check(7_000)).isEqualTo(Notice.NOTHING);
    assertThat(presence.count()).isEqualTo(1);
    assertThat(presence.check(9_999)).isEqualTo(Notice.NOTHING);
    assertThat(presence.check(10_000)).isEqualTo(Notice.ALONE);
    assertThat(presence.heard("g3", 11_000)).isEqualTo(Notice.FOUND);
  }

  private List<Integer> warningsUntil(int seconds) {
    List<Integer> warnings = new ArrayList<>();
    for (int second = 0; second <= seconds; second++) {
      if (presence.check(second * 1_000L) == Notice.ALONE) {
        warnings.add(second);
      }
    }
    return warnings;
  }
}
