package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a hot-deployed handler, as the journal keeps it. What it runs never changes; what
 * becomes of it does.
 *
 * @param name what people call the handler; its versions replace each other
 * @param number counts the versions of this name, from 1
 * @param content what is run
 * @param origin where it came from
 * @param state what has become of it
 * @param share percent of the deliveries that it gets, or was to get; {@link #WHOLE} unless it came
 *     as a canary
 * @param why the handler's own error where it has failed, or what ended it; otherwise empty
 */
public record Artefact(
    String name, int number, Content content, Origin origin, State state, int share, String why) {

  /** The share of a version that takes the place of the one before. */
  public static final int WHOLE = 100;

  /** Longest reason kept. */
  private static final int MAX_WHY = 2_048;

  /** Cuts a reason that is too long to keep. */
  public Artefact {
    why = why.length() <= MAX_WHY ? why : why.substring(0, MAX_WHY - 1) + "…";
  }

  /**
   * What is run. Two versions that have the same are the same handler.
   *
   * @param file the file's name, which says by its end what kind it is
   * @param checksum SHA-256 of the file, in hexadecimal digits
   * @param bytes size of the file
   * @param address event-bus address it is to serve instead of its own; empty for its own
   * @param settings values over those that a runner has for it; secrets as references
   * @param isIsolated whether it runs as a process of its own
   */
  public record Content(
      String file,
      String checksum,
      long bytes,
      String address,
      Map<String, String> settings,
      boolean isIsolated) {

    /** Keeps its own copy of the settings. */
    public Content {
      settings = Map.copyOf(settings);
    }
  }

  /**
   * Where a version came from.
   *
   * @param at when it was deployed
   * @param token name of the token it was deployed with
   */
  public record Origin(Instant at, String token) {}

  /** What has become of a version. */
  public enum State {
    /** The runners try it; the one before still counts. */
    NEXT,
    /** It serves its share beside the one before. */
    CANARY,
    /** It serves. */
    CURRENT,
    /** It served until a later one took its place: a rollback brings it back. */
    RETIRED,
    /** It did not start. */
    FAILED,
    /** A person took it away. */
    UNDEPLOYED;

    /** The word for it in answers and in the journal. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this word. */
    public static Optional<State> of(String word) {
      for (State state : values()) {
        if (state.word().equals(word)) {
          return Optional.of(state);
        }
      }
      return Optional.empty();
    }
  }

  /** Whether runners have to do with it. */
  public boolean isInForce() {
    return state == State.CURRENT || isTried();
  }

  /** Whether it is still to be decided on, by the runners or by a person. */
  public boolean isTried() {
    return state == State.NEXT || state == State.CANARY;
  }

  /** The same version in another state. */
  public Artefact in(State other, String reason) {
    return new Artefact(name, number, content, origin, other, share, reason);
  }

  /** The same version with another share. */
  public Artefact with(int otherShare) {
    return new Artefact(name, number, content, origin, state, otherShare, why);
  }
}
