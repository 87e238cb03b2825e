package dev.usher.gateway.pipeline;

import java.util.Optional;

/**
 * What a {@link Change} did once it was durable.
 *
 * @param moved whether it applied; if not, the delivery had moved on and nothing was written
 * @param became the state its signup came into by it; empty where that did not change
 */
public record Applied(boolean moved, Optional<SignupState> became) {

  /** The delivery had moved on already. */
  public static final Applied NOTHING = new Applied(false, Optional.empty());

  /** It applied and the signup's state stayed. */
  public static final Applied MOVED = new Applied(true, Optional.empty());

  /** It applied and brought the signup into another state. */
  public static Applied became(SignupState state) {
    return new Applied(true, Optional.of(state));
  }
}
