package dev.usher.handler;

import io.vertx.core.json.JsonObject;

/**
 * The notice that a signup was erased: whatever a handler keeps of one of its deliveries has to go.
 * It comes after the last attempt of that delivery, is repeated until it succeeds, and may come to
 * a handler that keeps nothing of it (any more).
 */
public final class Erased {

  private static final String SUFFIX = ".erased";

  private final Signup notice;

  /** Reads the notice that came as a delivery. */
  Erased(Signup notice) {
    if (!notice.delivery().endsWith(SUFFIX)) {
      throw new Rejected("\"" + notice.delivery() + "\" is no notice of an erased signup");
    }
    this.notice = notice;
  }

  /**
   * The notice for a delivery, for tests of handlers.
   *
   * @param delivery delivery id of what is to go, {@code <signup id>.<action>}
   */
  public static Erased of(String delivery) {
    return new Erased(Signup.of(delivery + SUFFIX, new JsonObject()));
  }

  /** Id of the signup that was erased, {@code signup_…}. */
  public String signup() {
    return notice.id();
  }

  /** Id of the delivery that the handler was sent: what it kept things by. */
  public String delivery() {
    String own = notice.delivery();
    return own.substring(0, own.length() - SUFFIX.length());
  }

  /** Name of the action that was delivered. */
  public String action() {
    String own = notice.action();
    return own.substring(0, own.length() - SUFFIX.length());
  }

  /** Delivery id of the notice and attempt: nobody's data. */
  @Override
  public String toString() {
    return notice.toString();
  }
}
