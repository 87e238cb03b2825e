package dev.usher.gateway.pipeline;

import java.util.Locale;

/** Why a signup was not accepted, so that nothing of it was kept. */
public enum Refusal {
  /** It was not as it must be, or not there in time: the client's mistake. */
  INVALID,
  /** Its client had sent too many. */
  LIMIT,
  /** The gateway was past one of its limits, or could not write its journal. */
  OVERLOADED,
  /** A fault of the gateway; the log has it. */
  FAULT;

  /** The word for it in metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
