package dev.usher.gateway.pipeline;

/** What a person wants of a hot-deployed handler can't be done; nothing changed. */
public final class DeployRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String code;

  /** Why not. */
  public enum Kind {
    /** No handler of this name was ever deployed. */
    UNKNOWN,
    /** The handler does not stand as it would have to. */
    CONFLICT,
    /** What was sent can't be run. */
    UNFIT
  }

  /**
   * Says no.
   *
   * @param code stable word for it
   * @param message what was wrong and what to do, for people
   */
  public DeployRefused(Kind kind, String code, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.code = code;
  }

  /** Why not. */
  public Kind kind() {
    return kind;
  }

  /** Stable word for what was wrong. */
  public String code() {
    return code;
  }
}
