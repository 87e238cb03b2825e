package dev.usher.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where a runner finds files, and keeps them.
 *
 * @param own where it keeps its own things
 * @param handlers files that are deployed, and folders whose files are
 * @param every how often it looks at those
 */
record Places(Path own, List<Path> handlers, Duration every) {

  private static final Duration USUAL = Duration.ofSeconds(1);

  /** Keeps its own copy of the list. */
  Places {
    handlers = List.copyOf(handlers);
  }

  /** Those of a runner that looks about once a second. */
  static Places of(Path own, List<Path> handlers) {
    return new Places(own, handlers, USUAL);
  }
}
