package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A delivery that needs a person.
 *
 * @param seq place of its signup in the order of acceptance
 * @param signup id of its signup
 * @param action the action's name
 * @param required whether its signup has failed because of it
 * @param cause why it is dead
 * @param at when it died
 * @param attempts attempts that counted
 * @param outcome how the last one ended
 * @param reason what the handler said, or what was found
 */
public record DeadLetter(
    long seq,
    String signup,
    String action,
    boolean required,
    Cause cause,
    Instant at,
    int attempts,
    Optional<Outcome> outcome,
    String reason) {

  /** Its delivery id. */
  public String id() {
    return signup + "." + action;
  }

  /** Its place among all dead letters. */
  public Position position() {
    return new Position(seq, action);
  }

  /**
   * A place in the order of dead letters: by signup, then by action.
   *
   * @param seq place of the signup
   * @param action the action's name
   */
  public record Position(long seq, String action) {

    /** Before all of them. */
    public static final Position START = new Position(0, "");
  }

  /**
   * Which dead letters are meant; what is empty does not restrict.
   *
   * @param ids delivery ids
   * @param action the action's name
   * @param cause why they are dead
   * @param since died at or after this
   */
  public record Filter(
      Set<String> ids, Optional<String> action, Optional<Cause> cause, Optional<Instant> since) {

    private static final int MOST_NAMED = 10;

    /** All of them. */
    public static final Filter ALL =
        new Filter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** As the audit has it: {@code action mail, cause gave-up, since 2026-01-31T12:00:00Z}. */
    public String words() {
      List<String> words = new ArrayList<>();
      if (!ids.isEmpty()) {
        words.add(ids.size() <= MOST_NAMED ? String.join(" ", ids) : ids.size() + " ids");
      }
      action.ifPresent(name -> words.add("action " + name));
      cause.ifPresent(why -> words.add("cause " + why.word()));
      since.ifPresent(time -> words.add("since " + time));
      return words.isEmpty() ? "all" : String.join(", ", words);
    }
  }

  /**
   * Dead letters that have the same action and cause.
   *
   * @param action the action's name
   * @param cause why they are dead
   * @param count how many
   * @param oldest when the first of them died
   */
  public record Group(String action, Cause cause, long count, Instant oldest) {}
}
