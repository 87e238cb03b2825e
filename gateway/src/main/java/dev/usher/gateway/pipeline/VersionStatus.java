package dev.usher.gateway.pipeline;

import java.util.EnumMap;
import java.util.Map;

/**
 * How one version of a handler has done at this gateway, for people.
 *
 * @param handler name of the handler
 * @param version version of the handler
 * @param deployment which deployment it is, or file of a runner; empty for one that was started by
 *     hand
 * @param share percent of the signups that it is to have at its address; 0 once it has gone
 * @param outcomes attempts by how they ended, since it came; all outcomes are there
 * @param lately the last five minutes
 * @param sinceItCame all of it, since it came or the gateway was started
 */
public record VersionStatus(
    String handler,
    String version,
    String deployment,
    int share,
    Map<Outcome, Long> outcomes,
    Figures lately,
    Figures sinceItCame) {

  /** Keeps its own copy of the outcomes. */
  public VersionStatus {
    outcomes = new EnumMap<>(outcomes);
  }

  /**
   * What came of attempts. A refused one was none.
   *
   * @param attempts how many ended
   * @param failed how many of them did not succeed
   * @param p50Nanos half of them took no longer than about that; 0 where none ended
   * @param p99Nanos 99 of a hundred took no longer than about that; 0 where none ended
   */
  public record Figures(long attempts, long failed, long p50Nanos, long p99Nanos) {

    /** What part of the attempts did not succeed, 0 to 1; 0 where none ended. */
    public double errorRate() {
      return attempts == 0 ? 0 : (double) failed / (double) attempts;
    }
  }
}
