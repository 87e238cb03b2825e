package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Does something to many dead letters, a page at a time. The way goes forward only, so a redriven
 * delivery that dies again at once is not met twice. Lives on the loop.
 */
public final class Repairs {

  private final Loop loop;
  private final Journal journal;
  private final Consumer<String> onRedriven;
  private final Releases releases;

  /**
   * What is to be done.
   *
   * @param repair the deed
   * @param filter to which dead letters
   * @param after only to those behind this one, where an earlier answer said so
   * @param isDryRun only count them
   * @param pace how fast, and how many before the answer
   * @param token name of the token it is done with
   * @param reason why, for the audit
   */
  public record Order(
      Repair repair,
      DeadLetter.Filter filter,
      DeadLetter.Position after,
      boolean isDryRun,
      Pace pace,
      String token,
      String reason) {

    /** From the first one on, without a limit. */
    public Order(
        Repair repair,
        DeadLetter.Filter filter,
        boolean isDryRun,
        OptionalInt perSecond,
        String token,
        String reason) {
      this(
          repair,
          filter,
          DeadLetter.Position.START,
          isDryRun,
          new Pace(perSecond, OptionalInt.empty()),
          token,
          reason);
    }
  }

  /**
   * What was done.
   *
   * @param matched dead letters that the filter let pass
   * @param done those to which it was done
   * @param next where another order goes on; empty where all are through
   * @param blocked those that no redrive moves as things are
   */
  public record Report(
      long matched, long done, Optional<DeadLetter.Position> next, List<Blocked> blocked) {

    /** All are through. */
    public Report(long matched, long done) {
      this(matched, done, Optional.empty(), List.of());
    }
  }

  /**
   * Dead letters that stay dead, because the one they come after is dead, too; a redrive of that
   * one revives them.
   *
   * @param action the action's name
   * @param by the action that they come after
   * @param count how many
   */
  public record Blocked(String action, String by, long count) {

    private Blocked(DeadLetter one) {
      this(one.action(), one.blockedBy().orElse(""), 1);
    }

    private Blocked plus(Blocked other) {
      return new Blocked(action, by, count + other.count);
    }
  }

  /**
   * Starts with nothing to do.
   *
   * @param onRedriven told the action's name after dead letters of it were redriven
   */
  Repairs(Loop loop, Journal journal, Consumer<String> onRedriven, Releases releases) {
    this.loop = loop;
    this.journal = journal;
    this.onRedriven = onRedriven;
    this.releases = releases;
  }

  Future<Report> carryOut(Order order) {
    Map<String, Blocked> blocked = new TreeMap<>();
    return new Sweep<DeadLetter.Position>(
            loop,
            order.isDryRun() ? order.pace().untimed() : order.pace(),
            (after, size) -> page(order, after, size, blocked))
        .from(order.after())
        .map(
            swept ->
                new Report(
                    swept.matched(), swept.done(), swept.next(), List.copyOf(blocked.values())))
        .compose(report -> order.isDryRun() ? Future.succeededFuture(report) : keep(order, report));
  }

  private Future<Sweep.Swept<DeadLetter.Position>> page(
      Order order, DeadLetter.Position after, int size, Map<String, Blocked> blocked) {
    return journal
        .dead(order.filter(), after, size)
        .compose(
            page -> {
              Optional<DeadLetter.Position> next =
                  page.size() < size
                      ? Optional.empty()
                      : Optional.of(page.get(page.size() - 1).position());
              RepairPage together = new RepairPage(order.repair(), page);
              together.blocked().stream()
                  .map(Blocked::new)
                  .forEach(one -> blocked.merge(one.action() + " " + one.by(), one, Blocked::plus));
              return repair(order, together)
                  .map(done -> new Sweep.Swept<>(page.size(), done, next));
            });
  }

  private Future<Long> repair(Order order, RepairPage page) {
    if (order.isDryRun() || page.letters().isEmpty()) {
      return Future.succeededFuture(0L);
    }
    Set<String> actions = new HashSet<>();
    return Batch.of(page.letters().stream().map(letter -> write(order, letter, actions)).toList())
        .map(
            batch -> {
              actions.forEach(onRedriven);
              releases.of(batch.applied());
              return page.done(batch.applied());
            });
  }

  private Future<Applied> write(Order order, DeadLetter letter, Set<String> actions) {
    if (order.repair() == Repair.REDRIVE) {
      actions.add(letter.action());
    }
    return journal.write(
        new Change.Repair(
            letter.seq(), letter.signup(), letter.action(), order.repair(), loop.now()));
  }

  private Future<Report> keep(Order order, Report report) {
    String what = report.done() + " of " + report.matched() + " by " + order.filter().words();
    String detail = AuditEntry.detail(what, order.reason());
    return journal
        .write(new Change.Audit(loop.now(), order.token(), order.repair().word(), detail))
        .map(kept -> report);
  }
}
