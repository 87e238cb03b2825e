package dev.usher.gateway.metrics;

import dev.usher.gateway.pipeline.ActionStatus;
import dev.usher.gateway.pipeline.AttemptCounts;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Refusal;
import dev.usher.gateway.pipeline.RefusalCounts;
import dev.usher.gateway.pipeline.Totals;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.gateway.pipeline.WaitingReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The gateway's metrics. Signups and deliveries come from the journal's books, so they survive
 * restarts and always balance; attempts and commits are counted by this process. Thread-safe.
 */
public final class GatewayMetrics implements AttemptCounts, RefusalCounts {

  /** Waiting for these is as it should be. */
  private static final Set<WaitingReason> IN_GOOD_TIME =
      EnumSet.of(WaitingReason.BACKOFF, WaitingReason.DELAY, WaitingReason.AFTER);

  private record AttemptKey(String action, Outcome outcome) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<AttemptKey, Counter> attempts = new ConcurrentHashMap<>();
  private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);
  private final Timer commits =
      Timer.builder("usher.commit")
          .description("Time of one durable group commit")
          .serviceLevelObjectives(
              Duration.ofMillis(1),
              Duration.ofMillis(2),
              Duration.ofMillis(5),
              Duration.ofMillis(10),
              Duration.ofMillis(50),
              Duration.ofMillis(100),
              Duration.ofMillis(500),
              Duration.ofSeconds(1))
          .register(registry);
  private final DistributionSummary groups =
      DistributionSummary.builder("usher.commit.changes")
          .description("Changes in one durable group commit")
          .register(registry);
  private final Supplier<Totals> totals;

  /** As of the scrape: read one by one, figures of a busy gateway would not add up. */
  private volatile Totals books;

  private final MultiGauge deliveries =
      MultiGauge.builder("usher.deliveries")
          .description("Deliveries by action and state")
          .register(registry);
  private final MultiGauge waiting =
      MultiGauge.builder("usher.deliveries.waiting")
          .description("Pending deliveries by action and what they wait for")
          .register(registry);
  private final MultiGauge oldest =
      MultiGauge.builder("usher.oldest.waiting")
          .description("How long the delivery has waited that is due longest, by what for")
          .baseUnit("seconds")
          .register(registry);
  private final MultiGauge handlers =
      MultiGauge.builder("usher.handlers")
          .description("Handler instances by address and state")
          .register(registry);
  private final VersionCounters versionCounters = new VersionCounters(registry);

  /**
   * Registers everything that is known at the start.
   *
   * @param totals the books as of the last commit
   * @param configProblems how many problems the actions file has as it stands
   * @param overridesAside how many overrides don't fit that file
   * @param isJournalUp whether the journal takes writes: 1 or 0
   * @param space room for the journal
   */
  public GatewayMetrics(
      Supplier<Totals> totals,
      IntSupplier configProblems,
      IntSupplier overridesAside,
      IntSupplier isJournalUp,
      Supplier<Journal.Space> space) {
    this.totals = totals;
    this.books = totals.get();
    FunctionCounter.builder("usher.signups.accepted", this, self -> self.books.accepted())
        .description("Signups ever accepted")
        .register(registry);
    // From the start: an alert on a rate must see the step from none to one.
    EnumSet.allOf(Refusal.class).forEach(why -> refusals.put(why, counter(why)));
    signups("open", () -> books.open());
    signups("completed", () -> books.completed());
    signups("failed", () -> books.failed());
    Gauge.builder("usher.deliveries.planned", () -> books.all().planned())
        .description("Deliveries ever planned; the sum of usher_deliveries")
        .register(registry);
    Gauge.builder("usher.config.problems", configProblems::getAsInt)
        .description("Problems of the actions file; while there are any, the old one is in force")
        .register(registry);
    Gauge.builder("usher.overrides.aside", overridesAside::getAsInt)
        .description("Overrides that are not applied, as they don't fit the actions file")
        .register(registry);
    Gauge.builder("usher.journal.up", isJournalUp::getAsInt)
        .description("Whether the journal takes writes")
        .register(registry);
    Gauge.builder("usher.disk.low", () -> space.get().isLow() ? 1 : 0)
        .description("Whether signups are refused because less than limits.disk is free")
        .register(registry);
    bytes("usher.disk.free", "Free room where the journal is", () -> space.get().freeBytes());
    bytes("usher.journal", "Size of the journal", () -> space.get().fileBytes());
    bytes(
        "usher.journal.log", "Size of the journal's write-ahead log", () -> space.get().logBytes());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    bindGc();
  }

  @Override
  public void count(String action, Outcome outcome) {
    attempts.computeIfAbsent(new AttemptKey(action, outcome), this::counter).increment();
  }

  @Override
  public void count(Refusal why) {
    Objects.requireNonNull(refusals.get(why)).increment();
  }

  /** A group commit ended well. */
  public void committed(int changes, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    groups.record(changes);
  }

  /**
   * Everything in Prometheus' text format, as these actions, handlers and versions stand now.
   *
   * @param oldestDue since when what is due and has waited longest does so, by action
   */
  public synchronized String scrape(
      List<ActionStatus> actions,
      List<HandlerStatus> present,
      List<VersionStatus> versions,
      Map<String, Instant> oldestDue,
      Instant now) {
    books = totals.get();
    oldest.register(rows(actions, action -> waits(action, oldestDue, now)), true);
    deliveries.register(rows(actions, this::states), true);
    waiting.register(rows(actions, GatewayMetrics::reasons), true);
    handlers.register(instances(present), true);
    versionCounters.show(versions);
    return registry.scrape();
  }

  private Counter counter(AttemptKey key) {
    return Counter.builder("usher.attempts")
        .description("Attempts that ended, by action and outcome")
        .tags("action", key.action(), "outcome", key.outcome().word())
        .register(registry);
  }

  private Counter counter(Refusal why) {
    return Counter.builder("usher.signups.refused")
        .description("Signups that were refused on the public port, by why")
        .tag("reason", why.word())
        .register(registry);
  }

  private void signups(String state, Supplier<Number> count) {
    Gauge.builder("usher.signups", count)
        .description("Signups by state")
        .tag("state", state)
        .register(registry);
  }

  private void bytes(String name, String description, Supplier<Number> size) {
    Gauge.builder(name, size).description(description).baseUnit("bytes").register(registry);
  }

  /** Lives as long as the process: closing it would end its notifications. */
  @SuppressWarnings("resource")
  private void bindGc() {
    new JvmGcMetrics().bindTo(registry);
  }

  @FunctionalInterface
  private interface Rows {
    List<MultiGauge.Row<?>> of(ActionStatus action);
  }

  private static List<MultiGauge.Row<?>> rows(List<ActionStatus> actions, Rows rows) {
    List<MultiGauge.Row<?>> all = new ArrayList<>();
    actions.forEach(action -> all.addAll(rows.of(action)));
    return all;
  }

  private List<MultiGauge.Row<?>> states(ActionStatus action) {
    Totals.Deliveries count = books.of(action.name());
    return List.of(
        state(action, "pending", count.pending()),
        state(action, "running", count.running()),
        state(action, "succeeded", count.succeeded()),
        state(action, "dead", count.dead()),
        state(action, "cancelled", count.cancelled()));
  }

  private static MultiGauge.Row<?> state(ActionStatus action, String state, long count) {
    return MultiGauge.Row.of(Tags.of("action", action.name(), "state", state), count);
  }

  private static List<MultiGauge.Row<?>> reasons(ActionStatus action) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    action
        .waiting()
        .forEach(
            (reason, count) ->
                rows.add(
                    MultiGauge.Row.of(
                        Tags.of("action", action.name(), "reason", reason.word()), count)));
    return rows;
  }

  /** What waits for its time is not late: its oldest is told once it is due. */
  private static List<MultiGauge.Row<?>> waits(
      ActionStatus action, Map<String, Instant> oldestDue, Instant now) {
    Instant since = oldestDue.getOrDefault(action.name(), Instant.MAX);
    return action.waiting().keySet().stream()
        .filter(reason -> !IN_GOOD_TIME.contains(reason))
        .filter(reason -> since.isBefore(now))
        .<MultiGauge.Row<?>>map(
            reason ->
                MultiGauge.Row.of(
                    Tags.of("action", action.name(), "reason", reason.word()),
                    TimeUnit.MILLISECONDS.toSeconds(Duration.between(since, now).toMillis())))
        .toList();
  }

  private static List<MultiGauge.Row<?>> instances(List<HandlerStatus> present) {
    Map<Tags, Long> counts =
        present.stream()
            .collect(
                Collectors.groupingBy(
                    one -> Tags.of("address", one.address(), "state", one.state()),
                    Collectors.counting()));
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    counts.forEach((tags, count) -> rows.add(MultiGauge.Row.of(tags, count)));
    return rows;
  }
}
