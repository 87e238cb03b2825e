package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;

/**
 * Does something to much, a page at a time, as fast as it may. Whoever asked is answered within
 * {@link #PATIENCE}, or once a limit is reached, and goes on from there with another sweep. Lives
 * on the loop.
 */
final class Sweep<P> {

  private static final int PAGE = 500;

  /** Well under the time after which clients and proxies take a silent connection for dead. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * What became of a page, or of all pages so far.
   *
   * @param matched what was found
   * @param done what changed
   * @param next where to go on; empty at the end
   */
  record Swept<P>(long matched, long done, Optional<P> next) {

    private Swept<P> after(Swept<P> before) {
      return new Swept<>(before.matched + matched, before.done + done, next);
    }
  }

  /** Takes one page. */
  @FunctionalInterface
  interface Step<P> {
    Future<Swept<P>> take(P after, int size);
  }

  private final Loop loop;
  private final Pace pace;
  private final Step<P> step;
  private final long end;

  Sweep(Loop loop, Pace pace, Step<P> step) {
    this.loop = loop;
    this.pace = pace;
    this.step = step;
    this.end = loop.nanos() + PATIENCE.toNanos();
  }

  Future<Swept<P>> from(P start) {
    return next(start, new Swept<>(0, 0, Optional.of(start)));
  }

  private Future<Swept<P>> next(P after, Swept<P> sofar) {
    return step.take(after, size(sofar))
        .compose(this::paced)
        .map(page -> page.after(sofar))
        .compose(
            all ->
                all.next().isEmpty() || isEnough(all)
                    ? Future.succeededFuture(all)
                    : next(all.next().get(), all));
  }

  private int size(Swept<P> sofar) {
    long left = pace.limit().orElse(Integer.MAX_VALUE) - sofar.matched();
    return (int) Math.min(Math.min(PAGE, pace.perSecond().orElse(PAGE)), left);
  }

  private boolean isEnough(Swept<P> all) {
    return all.matched() >= pace.limit().orElse(Integer.MAX_VALUE) || loop.nanos() >= end;
  }

  private Future<Swept<P>> paced(Swept<P> page) {
    if (pace.perSecond().isEmpty() || page.matched() == 0 || page.next().isEmpty()) {
      return Future.succeededFuture(page);
    }
    Promise<Swept<P>> later = Promise.promise();
    var unused = loop.after(Duration.ofSeconds(1), () -> later.complete(page));
    return later.future();
  }
}
