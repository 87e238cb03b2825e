package dev.usher.gateway.pipeline;

/** Deliveries of one action that wait their turn. */
interface Line {

  /** The next one, which stays; only where there is one. */
  Delivery peek();

  /** Takes the next one; only where there is one. */
  Delivery poll();
}
