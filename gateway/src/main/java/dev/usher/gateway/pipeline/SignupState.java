package dev.usher.gateway.pipeline;

import java.util.Collection;
import java.util.Locale;

/** Where a signup stands: derived from its required deliveries, never stored. */
public enum SignupState {
  /** A required delivery is still pending or running. */
  OPEN,
  /** Every required delivery succeeded. */
  COMPLETED,
  /** A required delivery is dead or cancelled; a redrive can still complete it. */
  FAILED;

  /** The state of a signup whose required deliveries stand like this. */
  public static SignupState of(Collection<DeliveryState> required) {
    if (required.contains(DeliveryState.DEAD) || required.contains(DeliveryState.CANCELLED)) {
      return FAILED;
    }
    return required.stream().allMatch(state -> state == DeliveryState.SUCCEEDED) ? COMPLETED : OPEN;
  }

  /** The word for it in JSON, on pages and on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
