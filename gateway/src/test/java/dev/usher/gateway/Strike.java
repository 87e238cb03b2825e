package dev.usher.gateway;

import java.util.Locale;

/** How a process of a crash test dies. All but the last two are points that the gateway passes. */
public enum Strike {
  /** A group of changes is in a transaction and its commit has not begun. */
  BEFORE_COMMIT,
  /** A signup was handed to the journal a moment ago. */
  IN_COMMIT,
  /** A group of changes is durable and nobody has been told: neither clients nor handlers. */
  AFTER_COMMIT,
  /** The start of an attempt is durable and the attempt is not sent. */
  BEFORE_SEND,
  /** An attempt is on its way or under way. */
  AFTER_SEND,
  /** A handler's reply is there and its outcome is not written. */
  BEFORE_OUTCOME,
  /** The journal is at work on an outcome. */
  IN_OUTCOME,
  /** An outcome is durable and the pipeline has not been told. */
  AFTER_OUTCOME,
  /** SIGKILL to the gateway, at any moment. */
  GATEWAY_KILLED,
  /** SIGKILL to a handler and some time later to the gateway, at any moment. */
  HANDLER_KILLED;

  /** Its name in tables and on command lines. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The strike with this name. */
  public static Strike of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether the gateway itself ends at it; else somebody kills from outside. */
  public boolean isPassage() {
    return this != GATEWAY_KILLED && this != HANDLER_KILLED;
  }
}
