package dev.usher.runner;

import dev.usher.runner.process.Line;

/**
 * Hears what becomes of the versions of this runner, from any thread and in the middle of a swap:
 * it must not block, nor deploy.
 */
interface VersionListener {

  /** One that nobody needs. */
  VersionListener NONE = new VersionListener() {};

  /** It takes deliveries. */
  default void serves(Version version) {}

  /** It takes nothing more and finishes what it has. */
  default void drains(Version version) {}

  /** Nothing of it is left. */
  default void gone(Version version) {}

  /** Its own process has ended though nobody told it to; it is started again soon. */
  default void restarts(Version version, String why) {}

  /** Its own process, which had ended as is told, serves again. */
  default void servesAgain(Version version, String why) {}

  /** It served and does not any more, though nobody has told it to end; it may serve again. */
  default void failed(Version version, String why) {}

  /** Its own process has printed something. */
  default void printed(Version version, Line line) {}
}
