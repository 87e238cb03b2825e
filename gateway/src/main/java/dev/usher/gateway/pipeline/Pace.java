package dev.usher.gateway.pipeline;

import java.util.OptionalInt;

/**
 * How fast and how far something long goes.
 *
 * @param perSecond at most this many a second
 * @param limit at most this many before the answer, which then says where to go on
 */
public record Pace(OptionalInt perSecond, OptionalInt limit) {

  /** As fast and as far as it goes. */
  public static final Pace FREE = new Pace(OptionalInt.empty(), OptionalInt.empty());

  /** Checks the bounds. */
  public Pace {
    if (perSecond.orElse(1) < 1 || limit.orElse(1) < 1) {
      throw new IllegalArgumentException("a pace must be positive");
    }
  }

  /** As far, and as fast as it goes: for what only counts. */
  Pace untimed() {
    return new Pace(OptionalInt.empty(), limit);
  }
}
