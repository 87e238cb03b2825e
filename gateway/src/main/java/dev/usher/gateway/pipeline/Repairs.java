package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Does something to many dead letters, a page at a time. The way goes forward only, so a redriven
 * delivery that dies again at once is not met twice. Lives on the loop.
 */
public final class Repairs {

  private static final int PAGE = 500;

  private final Loop loop;
  private final Journal journal;
  private final Consumer<String> onRedriven;
  private final Releases releases;

  /**
   * What is to be done.
   *
   * @param repair the deed
   * @param filter to which dead letters
   * @param isDryRun only count them
   * @param perSecond at most this many a second
   * @param token name of the token it is done with
   * @param reason why, for the audit
   */
  public record Order(
      Repair repair,
      DeadLetter.Filter filter,
      boolean isDryRun,
      OptionalInt perSecond,
      String token,
      String reason) {}

  /**
   * What was done.
   *
   * @param matched dead letters that the filter let pass
   * @param done those to which it was done
   */
  public record Report(long matched, long done) {

    private Report plus(long moreMatched, long moreDone) {
      return new Report(matched + moreMatched, done + moreDone);
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
    return next(order, DeadLetter.Position.START, new Report(0, 0))
        .compose(report -> order.isDryRun() ? Future.succeededFuture(report) : keep(order, report));
  }

  private Future<Report> next(Order order, DeadLetter.Position after, Report sofar) {
    int size = Math.min(PAGE, order.perSecond().orElse(PAGE));
    return journal
        .dead(order.filter(), after, size)
        .compose(
            page ->
                page.isEmpty()
                    ? Future.succeededFuture(sofar)
                    : repair(order, page)
                        .compose(done -> paced(order, sofar.plus(page.size(), done)))
                        .compose(
                            report -> next(order, page.get(page.size() - 1).position(), report)));
  }

  private Future<Long> repair(Order order, List<DeadLetter> page) {
    if (order.isDryRun()) {
      return Future.succeededFuture(0L);
    }
    Set<String> actions = new HashSet<>();
    List<Future<Applied>> writes =
        page.stream().map(letter -> write(order, letter, actions)).toList();
    return Future.all(writes)
        .map(
            durable -> {
              actions.forEach(onRedriven);
              releases.of(writes.stream().map(Future::result).toList());
              return writes.stream().filter(write -> write.result().moved()).count();
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

  private Future<Report> paced(Order order, Report report) {
    if (order.isDryRun() || order.perSecond().isEmpty()) {
      return Future.succeededFuture(report);
    }
    Promise<Report> later = Promise.promise();
    var unused = loop.after(Duration.ofSeconds(1), () -> later.complete(report));
    return later.future();
  }

  private Future<Report> keep(Order order, Report report) {
    String reason = order.reason().isEmpty() ? "" : " because " + order.reason();
    String detail = report.done() + " of " + report.matched() + " by " + order.filter() + reason;
    return journal
        .write(new Change.Audit(loop.now(), order.token(), order.repair().word(), detail))
        .map(kept -> report);
  }
}
