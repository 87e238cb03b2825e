package dev.usher.gateway.pipeline;

import java.util.Locale;

/** What a pending delivery waits for. Waiting burns no attempts. */
public enum WaitingReason {
  /** The success of the delivery that it comes after. */
  AFTER,
  /** The time of its next attempt. */
  BACKOFF,
  /** The time of its first attempt. */
  DELAY,
  /** A person, who paused its action. */
  PAUSED,
  /** The pace of its action. */
  RATE,
  /** A handler: none is there at the action's address. */
  NO_HANDLER,
  /** A free slot: every handler instance is busy, or the action's concurrency is used up. */
  CAPACITY,
  /** Its action, which was removed from the configuration. */
  NO_ACTION;

  /** The word for it in JSON, on pages and in metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
