package dev.usher.gateway.pipeline;

import java.util.Locale;

/** Why a delivery is a dead letter. */
public enum Cause {
  /** The handler rejected it. */
  REJECTED,
  /** Its attempts failed for as long as the action's retry allows. */
  GAVE_UP,
  /** An attempt may or may not have worked, and the action is not repeatable. */
  OUTCOME_UNKNOWN,
  /** The delivery it was to come after is dead or cancelled; a redrive of that one revives it. */
  AFTER,
  /** Its row in the journal can't be read; a redrive helps once somebody has mended the row. */
  CORRUPT;

  /** The word for it in JSON, on pages and on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
