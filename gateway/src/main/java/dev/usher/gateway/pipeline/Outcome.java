package dev.usher.gateway.pipeline;

import java.util.Locale;

/** How an attempt ended. */
public enum Outcome {
  /** The handler did it. */
  SUCCEEDED,
  /** The handler says: never again. */
  REJECTED,
  /** It did not work; another attempt may. */
  FAILED,
  /** No answer in time; the handler may still have done it. */
  TIMED_OUT,
  /** The instance died, or the gateway did before it knew; the handler may have done it. */
  LOST,
  /** Never started, because the instance was full or draining. Burns no attempt. */
  REFUSED;

  /** Whether the handler may have done its work although nobody heard of it. */
  public boolean isUnknown() {
    return this == TIMED_OUT || this == LOST;
  }

  /** The word for it in JSON, on pages and in metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
