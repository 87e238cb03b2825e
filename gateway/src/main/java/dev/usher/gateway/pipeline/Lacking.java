package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which past signups are meant that an action was never planned for. Erased ones never are.
 *
 * @param action the action's name
 * @param key only those whose payload has this key with a value that is not null
 * @param since accepted at or after this
 * @param until accepted before this
 */
public record Lacking(String action, Optional<String> key, Instant since, Optional<Instant> until) {

  /**
   * A signup that lacks it.
   *
   * @param seq its place in the order of acceptance
   * @param acceptedAt when it was accepted
   */
  public record One(long seq, Instant acceptedAt) {}

  /**
   * A piece of them, in the order of acceptance.
   *
   * @param found those found
   * @param scannedTo up to where was looked
   * @param isLast whether nothing lies beyond
   */
  public record Page(List<One> found, long scannedTo, boolean isLast) {}
}
