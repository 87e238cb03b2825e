package dev.usher.gateway.pipeline;

import java.util.List;

/** What a window asks of the queue it serves, and tells it. */
interface WindowOwner {

  /** Whether a delivery is being started, run or ended: a page must not bring it back. */
  boolean isInHand(long seq);

  /** A page came in. */
  void filled();

  /**
   * A page held rows that can't be decoded. The window asks for nothing more before it is reset,
   * which is to happen once they are out of the way.
   */
  void corrupt(List<Corrupt> rows);

  /** The journal could not be read: the window wants to be refilled a little later. */
  void unreadable();
}
