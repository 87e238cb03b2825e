package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The built-in action of the signups by which {@code usher verify} checks an installation. They are
 * owed it alone, and no other signup is owed it. Its dot keeps it apart from every name that a
 * configuration can have.
 */
public final class Loopback {

  /** Its name. */
  public static final String NAME = "usher.verify";

  /** The event-bus address at which whoever verifies performs it. */
  public static final String ADDRESS = "usher.verify.loopback";

  /** Quick to try again: a person waits for the verdict, and a process is away for seconds. */
  private static final Retry RETRY =
      new Retry(Duration.ofMillis(200), 2, Duration.ofSeconds(2), Duration.ofHours(1));

  static final Action ACTION =
      new Action(
          NAME,
          true,
          NAME,
          ADDRESS,
          Duration.ZERO,
          new AttemptPolicy(
              Duration.ofSeconds(10),
              RETRY,
              AttemptPolicy.DEFAULT_CONCURRENCY,
              Optional.empty(),
              true,
              false));

  /** All that its signups are owed. */
  static final Actions ALONE = new Actions(List.of(ACTION));

  private Loopback() {}
}
