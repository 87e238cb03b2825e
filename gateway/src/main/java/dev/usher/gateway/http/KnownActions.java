package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.ActionStatus;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.Future;
import java.util.List;

/**
 * Names of actions that can be asked for: a misspelt one would match nothing, which looks like good
 * news.
 *
 * @param pipeline knows those of the configuration and those of the journal
 */
record KnownActions(Pipeline pipeline) {

  /** The filter; fails with {@link Refused} where there is no action of the name it has. */
  Future<DeadLetter.Filter> check(DeadLetter.Filter filter) {
    return filter
        .action()
        .map(name -> pipeline.status().map(all -> check(filter, name, all)))
        .orElseGet(() -> Future.succeededFuture(filter));
  }

  private static DeadLetter.Filter check(
      DeadLetter.Filter filter, String name, List<ActionStatus> all) {
    List<String> known = all.stream().map(ActionStatus::name).sorted().toList();
    if (!known.contains(name)) {
      throw Parameters.refused(
          "action",
          "is neither in the configuration nor in the journal; known are "
              + String.join(", ", known));
    }
    return filter;
  }
}
