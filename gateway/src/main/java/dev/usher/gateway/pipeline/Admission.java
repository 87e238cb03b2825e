package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether there is room for another signup: overload is refused before anything is accepted. */
final class Admission {

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Journal journal;
  private final Limits limits;

  private final BooleanSupplier isDraining;

  /**
   * Watches the journal.
   *
   * @param isDraining whether the gateway is about to leave
   */
  Admission(Journal journal, Limits limits, BooleanSupplier isDraining) {
    this.journal = journal;
    this.limits = limits;
    this.isDraining = isDraining;
  }

  /** Why a signup can't be accepted now; empty where it can. */
  Optional<Overloaded> refusal() {
    Journal.Pressure pressure = journal.pressure();
    if (isDraining.getAsBoolean()) {
      return overloaded("the gateway is shutting down");
    }
    if (pressure.isDown()) {
      return overloaded("the journal can't be written right now");
    }
    if (pressure.bytes() > limits.queueBytes()
        || pressure.ageNanos() > limits.queueAge().toNanos()) {
      return overloaded("the journal can't keep up");
    }
    if (journal.space().isLow()) {
      return overloaded("the disk is nearly full");
    }
    if (journal.totals().openDeliveries() > limits.openDeliveries()) {
      return overloaded("too many deliveries are open");
    }
    return Optional.empty();
  }

  private static Optional<Overloaded> overloaded(String message) {
    return Optional.of(new Overloaded(message, RETRY));
  }
}
