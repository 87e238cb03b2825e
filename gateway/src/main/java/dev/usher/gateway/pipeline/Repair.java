package dev.usher.gateway.pipeline;

import java.util.Locale;

/** What a person can do to a dead letter. */
public enum Repair {
  /** Send it round again: its attempts start afresh, its history stays. */
  REDRIVE,
  /** Give it up: it is cancelled. */
  DISCARD,
  /** Say that it is done: it has succeeded. */
  MARK_DONE;

  /** The word for it in URLs, on the command line and in the audit. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
