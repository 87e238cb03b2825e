package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.Loop;
import dev.usher.wire.Announcement;
import dev.usher.wire.RunnerReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the runners that are there say of the versions that are tried. Lives on the loop. */
final class Trials {

  /** By then every runner that is there has said so. */
  private static final Duration EVERYBODY = Duration.ofMillis(Announcement.EVERY_MS * 3 / 2);

  private final Shelf shelf;
  private final Loop loop;
  private final Runners runners = new Runners();
  private long beganNanos;

  Trials(Shelf shelf, Loop loop) {
    this.shelf = shelf;
    this.loop = loop;
  }

  /** From now on runners are heard. */
  void begin() {
    beganNanos = loop.nanos();
  }

  void heard(RunnerReport report) {
    runners.heard(report, loop.nanos());
  }

  void left(String node) {
    runners.left(node);
  }

  /** What the runners that are there said last. */
  List<RunnerReport> reports() {
    return runners.present(loop.nanos()).stream().map(Runners.Runner::report).toList();
  }

  /** What becomes of the version of this name that is tried, if one is. */
  Rollout.Decision decision(String name) {
    Optional<Artefact> next = shelf.of(name).next();
    Optional<Shelf.Trial> trial = shelf.trial(name);
    long now = loop.nanos();
    if (next.isEmpty() || trial.isEmpty() || now - beganNanos < EVERYBODY.toNanos()) {
      return Rollout.Decision.WAIT;
    }
    return Rollout.of(
        next.get(), runners.present(now).stream().map(one -> seen(one, trial.get(), now)).toList());
  }

  private Rollout.Runner seen(Runners.Runner runner, Shelf.Trial trial, long now) {
    RunnerReport report = runner.report();
    boolean isFollowing =
        report.gateway().equals(shelf.catalogue().gateway())
            && report.revision() >= trial.revision();
    long since = Math.max(trial.sinceNanos(), runner.sinceNanos());
    return new Rollout.Runner(report, isFollowing, Duration.ofNanos(now - since));
  }
}
