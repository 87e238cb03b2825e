package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.util.List;

/** What changes that were written together did. */
record Batch(List<Applied> applied) {

  /** Completes once all of them are durable; fails with the first that is not. */
  static Future<Batch> of(List<Future<Applied>> writes) {
    return Future.all(writes).map(durable -> new Batch(durable.list()));
  }

  /** How many of them applied. */
  long moved() {
    return applied.stream().filter(Applied::moved).count();
  }
}
