package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Change} did once it was durable.
 *
 * @param moved whether it applied; if not, the delivery had moved on and nothing was written
 * @param became the state its signup came into by it; empty where that did not change
 * @param successors the deliveries that moved with it because they come after it, in the order in
 *     which they moved
 */
public record Applied(boolean moved, Optional<SignupState> became, List<Successor> successors) {

  /** The delivery had moved on already. */
  public static final Applied NOTHING = new Applied(false, Optional.empty());

  /** It applied and the signup's state stayed. */
  public static final Applied MOVED = new Applied(true, Optional.empty());

  /** No other delivery moved with it. */
  public Applied(boolean moved, Optional<SignupState> became) {
    this(moved, became, List.of());
  }

  /** It applied and brought the signup into another state. */
  public static Applied became(SignupState state) {
    return new Applied(true, Optional.of(state));
  }

  /** The deliveries that stand in line now. */
  public List<Successor> released() {
    return successors.isEmpty()
        ? successors
        : successors.stream().filter(Successor::isReleased).toList();
  }

  /**
   * A delivery of the same signup that moved because it comes after the one that was changed, or
   * after such a one: released by a success, dead with cause {@link Cause#AFTER} where there can be
   * none any more, held again where there can be one again.
   *
   * @param action the action's name
   * @param required whether the signup's state depends on it
   * @param state where it stands now
   * @param lane what it stands in line for, if it is pending
   * @param due when it may first be attempted, if it was released
   */
  public record Successor(
      String action, boolean required, DeliveryState state, Lane lane, Instant due) {

    /** Whether it may be attempted once it is due. */
    public boolean isReleased() {
      return state == DeliveryState.PENDING && lane != Lane.HELD;
    }

    /** This one as the delivery that its action's queue takes up. */
    Delivery of(Signup signup) {
      return new Delivery(signup, action, required, lane, due, 0, Optional.empty());
    }
  }
}
