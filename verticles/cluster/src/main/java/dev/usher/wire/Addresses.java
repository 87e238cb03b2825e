package dev.usher.wire;

/** The event-bus addresses that gateways and kit handlers use among themselves. */
public final class Addresses {

  /** Handler instances publish an {@link Announcement} here. */
  public static final String HANDLERS = "usher.handlers";

  /** Gateways publish a {@link Beacon} here. */
  public static final String GATEWAYS = "usher.gateways";

  private Addresses() {}

  /** Where one instance of a handler listens for {@link DeliveryFrame}s. */
  public static String instance(String address, String instance) {
    return address + "@" + instance;
  }

  /** Where one gateway listens for {@link OutcomeFrame}s. */
  public static String outcomes(String gateway) {
    return "usher.outcomes@" + gateway;
  }
}
