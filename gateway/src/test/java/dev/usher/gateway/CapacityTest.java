package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapacityTest {

  private static final long MIB = 1 << 20;

  @Test
  void asManyConnectionsAsConfiguredWhereThereIsRoom() {
    assertThat(new Capacity(512 * MIB, 20_000).connections(10_000)).isEqualTo(10_000);
  }

  @Test
  void aSmallHeapHoldsFewerConnections() {
    assertThat(new Capacity(128 * MIB, 20_000).connections(10_000)).isEqualTo(4_096);
  }

  @Test
  void someOpenFilesAreLeftForEverythingElse() {
    assertThat(new Capacity(512 * MIB, 1_024).connections(10_000)).isEqualTo(512);
    assertThat(new Capacity(512 * MIB, 100).connections(10_000)).isEqualTo(1);
  }

  @Test
  void halfBodiesTakeAnEighthOfTheHeap() {
    assertThat(new Capacity(128 * MIB, 20_000).bodyBytes()).isEqualTo(16 * MIB);
  }

  @Test
  void thisProcessHasRoomForSomeConnections() {
    assertThat(Capacity.ofThisProcess().connections(10)).isEqualTo(10);
  }
}
