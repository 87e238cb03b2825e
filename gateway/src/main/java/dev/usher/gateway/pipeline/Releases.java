package dev.usher.gateway.pipeline;

import java.util.List;
import java.util.function.Function;

/**
 * Hands deliveries that came to stand in line behind another one's success to the queues of their
 * actions. Lives on the loop.
 */
final class Releases {

  private final Function<String, ActionQueue> queues;

  Releases(Function<String, ActionQueue> queues) {
    this.queues = queues;
  }

  /** A change to a delivery of this signup is durable. */
  void of(Signup signup, Applied applied) {
    for (Applied.Successor successor : applied.released()) {
      queues.apply(successor.action()).released(successor.of(signup));
    }
  }

  /** The same where the signups are not at hand: the journal is asked for what was released. */
  void of(List<Applied> applied) {
    applied.stream()
        .flatMap(one -> one.released().stream())
        .map(Applied.Successor::action)
        .distinct()
        .forEach(action -> queues.apply(action).journaled());
  }
}
