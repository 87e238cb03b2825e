package dev.usher.gateway.pipeline;

/** What a window asks of the queue it serves, and tells it. */
interface WindowOwner {

  /** Whether a delivery is being started, run or ended: a page must not bring it back. */
  boolean isInHand(long seq);

  /** A page came in. */
  void filled();

  /** The journal could not be read: the window wants to be refilled a little later. */
  void unreadable();
}
