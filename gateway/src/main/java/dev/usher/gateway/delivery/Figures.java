package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.wire.Announcement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What came of attempts, by version of a handler. One that has gone stays for a while, so that it
 * can be told what it did; however many versions come, a bounded number is kept. Lives on the loop.
 */
final class Figures {

  /** A version that was not there for this long is shown no more. */
  static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(15);

  /** Most versions that are told apart; each keeps some 20 KB. */
  static final int MOST = 100;

  /** Stands for all those that are too many to be told apart. */
  private static final Version OTHERS = new Version("others", "", "");

  private record Version(String handler, String version, String deployment) {}

  private final Map<Version, VersionFigures> versions = new LinkedHashMap<>();

  /** Those of the version of an instance that is there. */
  VersionFigures of(Announcement latest, long now) {
    VersionFigures figures =
        known(new Version(latest.handler(), latest.version(), latest.deployment()), now);
    figures.seen(now);
    return figures;
  }

  private VersionFigures known(Version version, long now) {
    VersionFigures known = versions.get(version);
    if (known != null) {
      return known;
    }
    forgetGone(now);
    return versions.computeIfAbsent(versions.size() < MOST ? version : OTHERS, Figures::none);
  }

  private static VersionFigures none(Version version) {
    return new VersionFigures(version.handler(), version.version(), version.deployment());
  }

  /**
   * All of them.
   *
   * @param shares of those that are there
   */
  List<VersionStatus> statuses(Map<VersionFigures, Integer> shares, long now) {
    forgetGone(now);
    List<VersionStatus> statuses = new ArrayList<>();
    versions.values().forEach(one -> statuses.add(one.status(shares.getOrDefault(one, 0), now)));
    statuses.sort(
        Comparator.comparing(VersionStatus::handler)
            .thenComparing(VersionStatus::deployment)
            .thenComparing(VersionStatus::version));
    return statuses;
  }

  private void forgetGone(long now) {
    versions.values().removeIf(one -> one.unseenNanos(now) > KEPT_NANOS);
  }
}
