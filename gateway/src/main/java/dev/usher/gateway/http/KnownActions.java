package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.ActionStatus;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Names of actions that can be asked for: a misspelt one would match nothing, which looks like good
 * news.
 *
 * @param pipeline knows those of the configuration and those of the journal
 */
record KnownActions(Pipeline pipeline) {

  /** The name, if there is one; fails with {@link Refused} where no action has it. */
  Future<Optional<String>> check(Optional<String> action) {
    return action
        .map(name -> pipeline.status().map(all -> check(name, all)))
        .orElseGet(() -> Future.succeededFuture(action));
  }

  private static Optional<String> check(String name, List<ActionStatus> all) {
    List<String> known = all.stream().map(ActionStatus::name).sorted().toList();
    if (!known.contains(name)) {
      throw Parameters.refused(
          "action",
          "is neither in the configuration nor in the journal; known are "
              + String.join(", ", known));
    }
    return Optional.of(name);
  }
}
