package dev.usher.gateway.pipeline;

/** A place for one attempt at a handler instance; reserved, then either used or released. */
public interface Slot {

  /** The instance that would run the attempt. */
  String instance();
}
