package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reaches handlers. Everything happens on the pipeline's loop: the pipeline calls from it, and the
 * listener is called on it.
 */
public interface Invoker {

  /**
   * Which handlers at an address are to have a signup: the same ones for each attempt, as long as
   * both versions are there and the share of the canary stays as it is.
   */
  Track track(String address, Signup signup);

  /**
   * Takes the best free slot on a track; empty when every instance is full or none is there.
   *
   * @param concurrency most attempts of the action at once; on a canary there are no more than its
   *     share of them, so that one that hangs leaves the others their places
   */
  Optional<Slot> reserve(String address, Track track, int concurrency);

  /** Gives back a slot whose attempt is not sent. */
  void release(Slot slot);

  /**
   * Sends an attempt whose start is durable. Ends in exactly one call of {@link Listener#ended},
   * whatever happens to the handler.
   */
  void send(Attempt attempt);

  /** Whether any instance is there at an address, busy or not. */
  boolean hasHandler(String address);

  /** Every handler instance that is there. */
  List<HandlerStatus> handlers();

  /** How each version of a handler has done that is there, or was until a while ago. */
  List<VersionStatus> versions();

  /** Every address at which anything listens, whether an action uses it or not. */
  Future<Set<String>> listening();

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

    /** Other signups than before may be for the canary at an address. */
    void hasNewTracks(String address);
  }
}
