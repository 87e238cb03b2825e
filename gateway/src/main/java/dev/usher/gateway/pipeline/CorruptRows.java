package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters of what a page could not decode, or the journal does not take, so that it
 * blocks nothing behind it. Lives on the loop.
 */
final class CorruptRows {

  private static final Logger LOG = LoggerFactory.getLogger(CorruptRows.class);

  private final Loop loop;
  private final Journal journal;

  CorruptRows(Loop loop, Journal journal) {
    this.loop = loop;
    this.journal = journal;
  }

  /** Completes with whether any of them moved: then the journal is worth another look at once. */
  Future<Boolean> bury(List<Corrupt> rows) {
    return Batch.of(rows.stream().map(this::bury).toList()).map(batch -> batch.moved() > 0);
  }

  private Future<Applied> bury(Corrupt row) {
    LOG.error(
        "signup {} action {}: {}; the delivery becomes a dead letter, cause corrupt",
        row.seq(),
        row.action(),
        row.reason());
    return journal
        .write(new Change.Bury(row.seq(), row.id(), row.action(), row.reason(), loop.now()))
        .recover(CorruptRows::asNothing);
  }

  private static Future<Applied> asNothing(Throwable why) {
    return why instanceof ChangeUnwritable
        ? Future.succeededFuture(Applied.NOTHING)
        : Future.failedFuture(why);
  }
}
