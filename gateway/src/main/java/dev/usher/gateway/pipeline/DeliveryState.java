package dev.usher.gateway.pipeline;

import java.util.Locale;

/**
 * Where a delivery stands. Who moves it on, and what a crash does to it, is told with each state.
 */
public enum DeliveryState {
  /** Waits for an attempt. The pipeline starts it; a crash leaves it as it is. */
  PENDING,
  /**
   * An attempt was recorded as started. Its outcome moves it on; after a crash of the gateway the
   * attempt counts as {@link Outcome#LOST}.
   */
  RUNNING,
  /** Done. Final. */
  SUCCEEDED,
  /** Needs a person: a dead letter. Only a person, or a late success, moves it on. */
  DEAD,
  /** No longer wanted. Final. */
  CANCELLED;

  /** Whether the pipeline still owes it something. */
  public boolean isOpen() {
    return this == PENDING || this == RUNNING;
  }

  /** The word for it in JSON, on pages and on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
