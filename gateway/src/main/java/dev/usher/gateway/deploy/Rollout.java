package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.RunnerReport;
import dev.usher.wire.RunnerReport.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What becomes of a version that is being tried, by what the runners say of it. A runner that has
 * gone counts no more; where there is none, the version waits for one to come.
 */
final class Rollout {

  /** Time that a runner has to fetch and start a version. */
  static final Duration LIMIT = Duration.ofSeconds(90);

  private Rollout() {}

  /**
   * A runner that is there.
   *
   * @param report what it said last
   * @param isFollowing whether it has seen the catalogue that has the version
   * @param waited since when, at most, it could have known
   */
  record Runner(RunnerReport report, boolean isFollowing, Duration waited) {

    private Optional<RunnerReport.Item> of(Artefact version) {
      return report.items().stream()
          .filter(item -> item.name().equals(version.name()) && item.number() == version.number())
          .findFirst();
    }

    private boolean isServing(Artefact version) {
      return isFollowing && of(version).filter(item -> item.phase() == Phase.SERVING).isPresent();
    }

    private Optional<String> failure(Artefact version) {
      return isFollowing
          ? of(version)
              .filter(item -> item.phase() == Phase.FAILED)
              .map(item -> item.why().isEmpty() ? "it says no reason" : item.why())
          : Optional.empty();
    }

    private String stand(Artefact version) {
      return report.runner() + " is " + of(version).map(Runner::told).orElse("silent");
    }

    private static String told(RunnerReport.Item item) {
      String phase = item.phase().name().toLowerCase(Locale.ROOT);
      return item.why().isEmpty() ? phase : phase + " (" + item.why() + ")";
    }
  }

  /** What to do. */
  enum Verdict {
    /** Not decided yet. */
    WAIT,
    /** It serves on every runner. */
    SERVES,
    /** It does not start. */
    FAILED
  }

  /**
   * The end of a trial, or none yet.
   *
   * @param why the handler's own error, with the runner it is from
   */
  record Decision(Verdict verdict, String why) {
    static final Decision WAIT = new Decision(Verdict.WAIT, "");
    static final Decision SERVES = new Decision(Verdict.SERVES, "");
  }

  /** Decides on a version that is tried. */
  static Decision of(Artefact version, List<Runner> runners) {
    Optional<String> failure = failure(version, runners);
    if (failure.isPresent()) {
      return new Decision(Verdict.FAILED, failure.get());
    }
    if (version.state() == Artefact.State.CANARY || runners.isEmpty()) {
      return Decision.WAIT;
    }
    List<Runner> others = runners.stream().filter(runner -> !runner.isServing(version)).toList();
    if (others.isEmpty()) {
      return Decision.SERVES;
    }
    boolean isOverdue = others.stream().anyMatch(one -> one.waited().compareTo(LIMIT) > 0);
    return isOverdue ? new Decision(Verdict.FAILED, overdue(version, others)) : Decision.WAIT;
  }

  private static Optional<String> failure(Artefact version, List<Runner> runners) {
    return runners.stream()
        .flatMap(
            runner ->
                runner.failure(version).map(why -> runner.report().runner() + ": " + why).stream())
        .findFirst();
  }

  private static String overdue(Artefact version, List<Runner> others) {
    return "not serving on every runner within "
        + LIMIT.toSeconds()
        + " s: "
        + others.stream().map(one -> one.stand(version)).collect(Collectors.joining(", "));
  }
}
