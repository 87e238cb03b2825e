package dev.usher.gateway.system.chaos;

import dev.usher.gateway.Strike;
import java.time.Instant;
import java.util.List;

/**
 * One life of the gateway.
 *
 * @param number from 1; the payloads of its signups carry it
 * @param strike how it was to end
 * @param isStruck whether it ended so; otherwise it was killed when it took too long
 * @param begin when it was started
 * @param accepted ids that clients saw with a 202
 * @param statuses what else clients were answered, with anything that is not a 202
 */
record Round(
    int number,
    Strike strike,
    boolean isStruck,
    Instant begin,
    List<String> accepted,
    List<Integer> statuses) {

  static String username(int round, int signup) {
    return "r" + round + "-" + signup;
  }

  /** Number of the round in which this name signed up. */
  static int of(String username) {
    return Integer.parseInt(username.substring(1, username.indexOf('-')));
  }
}
