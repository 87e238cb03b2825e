package dev.usher.wire;

/** What a handler instance says of itself; the lower-case name is its form on the wire. */
public enum InstanceState {
  /** Takes deliveries. */
  UP,
  /** Finishes what it has and takes nothing more. */
  DRAINING,
  /** Gone; nothing it had in flight will be answered. */
  DOWN
}
