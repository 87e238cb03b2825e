package dev.usher.handler;

import dev.usher.wire.Announcement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which gateways were heard of lately, and when to say that there is none. Knows no clock: every
 * call says what time it is, in milliseconds that only go forward. For one thread.
 */
final class GatewayPresence {

  /** What a person should be told now. */
  enum Notice {
    NOTHING,
    ALONE,
    FOUND
  }

  /** A gateway is gone after this silence: three of its beacons. */
  static final long GONE_MS = Announcement.MISSED * Announcement.EVERY_MS;

  /** A running gateway is heard of within its period; to be called alone earlier would be a lie. */
  static final long FIRST_WARNING_MS = Announcement.EVERY_MS + 500;

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5));

  private final Map<String, Long> lastHeard = new HashMap<>();
  private int warnings;
  private long nextWarning;

  GatewayPresence(long nowMs) {
    nextWarning = nowMs + FIRST_WARNING_MS;
  }

  Notice heard(String gateway, long nowMs) {
    boolean wasAlone = lastHeard.isEmpty();
    lastHeard.put(gateway, nowMs);
    return wasAlone ? Notice.FOUND : Notice.NOTHING;
  }

  /** To be called about once a second. */
  Notice check(long nowMs) {
    boolean lostTheLast = forgetSilent(nowMs) && lastHeard.isEmpty();
    if (lostTheLast) {
      warnings = 0;
      nextWarning = nowMs;
    }
    if (!lastHeard.isEmpty() || nowMs < nextWarning) {
      return Notice.NOTHING;
    }
    nextWarning = nowMs + WAITS.get(Math.min(warnings, WAITS.size() - 1)).toMillis();
    warnings++;
    return Notice.ALONE;
  }

  int count() {
    return lastHeard.size();
  }

  private boolean forgetSilent(long nowMs) {
    return lastHeard.values().removeIf(heard -> nowMs - heard >= GONE_MS);
  }
}
