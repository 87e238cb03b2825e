package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Plans an action for past signups that lack it, always as an optional one: no signup is opened
 * again by it. Doing it twice plans nothing twice. What is planned so goes behind everything fresh,
 * like what was redriven. Lives on the loop.
 */
public final class Backfill {

  private final Loop loop;
  private final Journal journal;
  private final Consumer<String> onPlanned;

  /**
   * What is to be planned.
   *
   * @param lacking for which signups
   * @param afterSeq only for those behind this one, where an earlier answer said so
   * @param isDryRun only count them
   * @param pace how fast, and how many before the answer
   * @param token name of the token it is done with
   * @param reason why, for the audit
   */
  public record Order(
      Lacking lacking, long afterSeq, boolean isDryRun, Pace pace, String token, String reason) {}

  /**
   * What was planned.
   *
   * @param matched signups that lack the action
   * @param done those it was planned for
   * @param next where another order goes on; empty where all are through
   */
  public record Report(long matched, long done, OptionalLong next) {}

  /**
   * Starts with nothing to do.
   *
   * @param onPlanned told the action's name after deliveries of it were planned
   */
  Backfill(Loop loop, Journal journal, Consumer<String> onPlanned) {
    this.loop = loop;
    this.journal = journal;
    this.onPlanned = onPlanned;
  }

  Future<Report> carryOut(Order order, Action action) {
    Pace pace = order.isDryRun() ? order.pace().untimed() : order.pace();
    return new Sweep<Long>(loop, pace, (after, size) -> page(order, action, after, size))
        .from(order.afterSeq())
        .map(
            swept ->
                new Report(
                    swept.matched(),
                    swept.done(),
                    swept.next().map(OptionalLong::of).orElse(OptionalLong.empty())))
        .compose(report -> order.isDryRun() ? Future.succeededFuture(report) : keep(order, report));
  }

  private Future<Sweep.Swept<Long>> page(Order order, Action action, long after, int size) {
    return journal
        .lacking(order.lacking(), after, size)
        .compose(
            page ->
                plan(order, action, page.found())
                    .map(
                        done ->
                            new Sweep.Swept<>(
                                page.found().size(),
                                done,
                                page.isLast()
                                    ? Optional.<Long>empty()
                                    : Optional.of(page.scannedTo()))));
  }

  private Future<Long> plan(Order order, Action action, List<Lacking.One> found) {
    if (order.isDryRun() || found.isEmpty()) {
      return Future.succeededFuture(0L);
    }
    Instant now = loop.now();
    return Batch.of(found.stream().map(one -> journal.write(planned(action, one, now))).toList())
        .map(
            batch -> {
              onPlanned.accept(action.name());
              return batch.moved();
            });
  }

  /**
   * A delay counts from acceptance, and is mostly over. An {@code after} is not waited for: what it
   * names was planned long ago, or never.
   */
  private static Change.Backfill planned(Action action, Lacking.One one, Instant now) {
    Instant due = one.acceptedAt().plus(action.delay());
    return due.isAfter(now)
        ? new Change.Backfill(one.seq(), action.name(), Lane.DELAYED, due)
        : new Change.Backfill(one.seq(), action.name(), Lane.REDRIVEN, now);
  }

  private Future<Report> keep(Order order, Report report) {
    Lacking lacking = order.lacking();
    String until = lacking.until().map(end -> " until " + end).orElse("");
    String what =
        lacking.action()
            + " for "
            + report.done()
            + " of "
            + report.matched()
            + " signups since "
            + lacking.since()
            + until;
    String detail = AuditEntry.detail(what, order.reason());
    return journal
        .write(new Change.Audit(loop.now(), order.token(), "backfill", detail))
        .map(kept -> report);
  }
}
