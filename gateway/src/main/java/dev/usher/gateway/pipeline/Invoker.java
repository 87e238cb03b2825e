package dev.usher.gateway.pipeline;

import java.util.Optional;

/**
 * Reaches handlers. Everything happens on the pipeline's loop: the pipeline calls from it, and the
 * listener is called on it.
 */
public interface Invoker {

  /** Takes the best free slot at an address; empty when every instance is full or none is there. */
  Optional<Slot> reserve(String address);

  /** Gives back a slot whose attempt is not sent. */
  void release(Slot slot);

  /**
   * Sends an attempt whose start is durable. Ends in exactly one call of {@link Listener#ended},
   * whatever happens to the handler.
   */
  void send(Attempt attempt);

  /** Whether any instance is there at an address, busy or not. */
  boolean hasHandler(String address);

  /** Names the one listener, before anything else is called. */
  void listen(Listener listener);

  /** What an invoker tells the pipeline. */
  interface Listener {

    /** An attempt ended; its slot is free again. */
    void ended(Attempt attempt, Ending ending);

    /** A handler answered an attempt that nobody waits for any more. */
    void endedLate(String delivery, int attempt, Ending ending);

    /** Slots came free or instances joined at an address. */
    void hasCapacity(String address);
  }
}
