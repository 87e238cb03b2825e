package dev.usher.gateway.pipeline;

/** The order in which an action's pending deliveries are taken. */
public enum Lane {
  /** Never attempted: taken in order of acceptance. */
  FRESH,
  /** Due at a time of its own. */
  TIMED,
  /** Sent round again by a person: taken when nothing else is due. */
  REDRIVEN
}
