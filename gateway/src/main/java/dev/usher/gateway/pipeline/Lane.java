package dev.usher.gateway.pipeline;

/** What a pending delivery stands in line for; each lane has an order of its own. */
public enum Lane {
  /** Never attempted, due at once: taken in order of acceptance. */
  FRESH,
  /** Attempted before, due after its wait. */
  TIMED,
  /** Sent round again by a person: gets a tenth of the attempts, and all that would be idle. */
  REDRIVEN,
  /** Never attempted, due at a time of its own. */
  DELAYED,
  /** Never attempted, in no line yet: the delivery that it comes after has not succeeded. */
  HELD
}
