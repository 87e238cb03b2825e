package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles every recorded start of which this process has no attempt under way: after a crash, and
 * after the journal was gone. Lives on the loop.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Bounds the payloads that are held at once. */
  private static final int PAGE = 256;

  /** After a crash the deliveries that were running come back spread over this time. */
  private static final Duration JITTER = Duration.ofSeconds(1);

  private final Loop loop;
  private final Journal journal;
  private final DoubleSupplier random;
  private final Function<String, ActionQueue> queues;

  Recovery(
      Loop loop, Journal journal, DoubleSupplier random, Function<String, ActionQueue> queues) {
    this.loop = loop;
    this.journal = journal;
    this.random = random;
    this.queues = queues;
  }

  /** Completes once all were found; fails where the journal can't be read. */
  Future<Void> run() {
    return recover(0);
  }

  /** The same, and tries again for as long as the journal can't be read. */
  Future<Void> untilRead() {
    return run().onFailure(unreadable -> later());
  }

  private void later() {
    var unused = loop.after(AGAIN, this::again);
  }

  private void again() {
    var unused = untilRead();
  }

  private Future<Void> recover(long afterSeq) {
    return journal
        .running(afterSeq, PAGE)
        .compose(
            page ->
                new CorruptRows(loop, journal)
                    .bury(page.corrupt())
                    .compose(moved -> recover(afterSeq, page, moved)));
  }

  private Future<Void> recover(long afterSeq, Page page, boolean hasBuried) {
    List<Delivery> found = page.deliveries();
    found.forEach(this::recover);
    if (page.isLast() || (found.isEmpty() && !hasBuried)) {
      return Future.succeededFuture();
    }
    // A page of nothing but corrupt rows is asked for again: these are dead by now.
    return recover(found.isEmpty() ? afterSeq : found.get(found.size() - 1).signup().seq() - 1);
  }

  private void recover(Delivery delivery) {
    ActionQueue queue = queues.apply(delivery.action());
    if (!queue.isInHand(delivery.signup().seq())) {
      LOG.info("{} attempt {} lost: no outcome on record", delivery.id(), delivery.attempts());
      Duration jitter =
          Duration.ofMillis((long) ((double) JITTER.toMillis() * random.getAsDouble()));
      queue.recovered(delivery, new Ending(Outcome.LOST, jitter, "no outcome on record"));
    }
  }
}
