package dev.usher.handler;

import dev.usher.settings.Settings;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What every handler has set about how it runs.
 *
 * @param slots deliveries at once; empty leaves it to the kind of handler
 * @param drainLimit longest wait for deliveries in flight when it ends
 */
record RunSettings(OptionalInt slots, Duration drainLimit) {

  private static final Duration DEFAULT_DRAIN_LIMIT = Duration.ofSeconds(10);

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException saying which one can't be used
   */
  static RunSettings from(Settings settings, NamedHandler named) {
    Duration drainLimit =
        isSet(settings, "shutdown.timeout")
            ? settings.duration("shutdown.timeout")
            : DEFAULT_DRAIN_LIMIT;
    return new RunSettings(slots(settings, named), drainLimit);
  }

  private static OptionalInt slots(Settings settings, NamedHandler named) {
    if (!isSet(settings, "slots")) {
      return named.slots();
    }
    int slots = settings.number("slots");
    if (slots < 1) {
      throw new IllegalArgumentException("slots: " + slots + " is too few; write 1 or more");
    }
    return OptionalInt.of(slots);
  }

  /** A handler's own schema need not have the keys of the kit. */
  private static boolean isSet(Settings settings, String key) {
    try {
      return settings.find(key).isPresent();
    } catch (IllegalArgumentException inNoSchema) {
      return false;
    }
  }
}
