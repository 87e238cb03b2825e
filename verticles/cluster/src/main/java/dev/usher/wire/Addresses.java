package dev.usher.wire;

/** The event-bus addresses that gateways and kit handlers use among themselves. */
public final class Addresses {

  /** Handler instances publish an {@link Announcement} here. */
  public static final String HANDLERS = "usher.handlers";

  /** Gateways publish a {@link Beacon} here. */
  public static final String GATEWAYS = "usher.gateways";

  /** The gateway publishes its {@link Catalogue} here. */
  public static final String CATALOGUE = "usher.catalogue";

  /** Runners publish a {@link RunnerReport} here. */
  public static final String RUNNERS = "usher.runners";

  private Addresses() {}

  /** Where one instance of a handler listens for {@link DeliveryFrame}s. */
  public static String instance(String address, String instance) {
    return address + "@" + instance;
  }

  /** Where one gateway listens for {@link OutcomeFrame}s. */
  public static String outcomes(String gateway) {
    return "usher.outcomes@" + gateway;
  }

  /** Where one gateway answers an {@link ArtefactRequest}. */
  public static String artefacts(String gateway) {
    return "usher.artefacts@" + gateway;
  }

  /**
   * Where one runner is asked for the last lines that a handler logged: {@code {"name", "lines"}},
   * answered with {@code {"lines": [{"at", "version", "level", "text"}]}}, oldest first.
   */
  public static String logs(String node) {
    return "usher.logs@" + node;
  }
}
