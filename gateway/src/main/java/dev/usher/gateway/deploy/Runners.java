package dev.usher.gateway.deploy;

import dev.usher.wire.Announcement;
import dev.usher.wire.RunnerReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The runners that are there, by what they say. Lives on the loop. */
final class Runners {

  private static final Duration SILENCE =
      Duration.ofMillis(Announcement.EVERY_MS * Announcement.MISSED);

  /**
   * One of them.
   *
   * @param sinceNanos when it was heard first
   * @param heardNanos when it was heard last
   */
  record Runner(RunnerReport report, long sinceNanos, long heardNanos) {}

  private final Map<String, Runner> byNode = new HashMap<>();

  /** Takes what a runner says. */
  void heard(RunnerReport report, long nanos) {
    Runner before = byNode.get(report.node());
    byNode.put(
        report.node(), new Runner(report, before == null ? nanos : before.sinceNanos(), nanos));
  }

  /** The process of a runner left, or died. */
  void left(String node) {
    byNode.remove(node);
  }

  /** Those that are there, by what people call them. */
  List<Runner> present(long nanos) {
    byNode.values().removeIf(one -> nanos - one.heardNanos() > SILENCE.toNanos());
    List<Runner> present = new ArrayList<>(byNode.values());
    present.sort(Comparator.comparing(one -> one.report().runner()));
    return present;
  }
}
