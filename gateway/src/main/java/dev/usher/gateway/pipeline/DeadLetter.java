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
 * @param blockedBy the action that this one comes after, where that one is dead, too: no redrive
 *     moves this one before that one is redriven, which revives it
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
    String reason,
    Optional<String> blockedBy) {

  /** Its delivery id. */
  public String id() {
    return signup + "." + action;
  }

  /** What its reason has in common with others. */
  public ReasonClass reasonClass() {
    return new ReasonClass(reason);
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
   * @param reasonClass what their reasons have in common
   * @param since died at or after this
   */
  public record Filter(
      Set<String> ids,
      Optional<String> action,
      Optional<Cause> cause,
      Optional<ReasonClass> reasonClass,
      Optional<Instant> since) {

    private static final int MOST_NAMED = 10;

    /** All of them. */
    public static final Filter ALL =
        new Filter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whatever their reasons have in common. */
    public Filter(
        Set<String> ids, Optional<String> action, Optional<Cause> cause, Optional<Instant> since) {
      this(ids, action, cause, Optional.empty(), since);
    }

    /** Whether all of it but the ids holds for this one. */
    public boolean admits(DeadLetter letter) {
      return action.filter(name -> !name.equals(letter.action)).isEmpty()
          && cause.filter(why -> why != letter.cause).isEmpty()
          && since.filter(letter.at::isBefore).isEmpty()
          && reasonClass.filter(common -> !common.equals(letter.reasonClass())).isEmpty();
    }

    /**
     * As the audit has it: {@code action mail, cause gave-up, since 2026-01-31T12:00:00Z}. Of a
     * reason class it has the mark: in the text a person's name may be left, and the audit is kept
     * when that person is erased.
     */
    public String words() {
      List<String> words = new ArrayList<>();
      if (!ids.isEmpty()) {
        words.add(ids.size() <= MOST_NAMED ? String.join(" ", ids) : ids.size() + " ids");
      }
      action.ifPresent(name -> words.add("action " + name));
      cause.ifPresent(why -> words.add("cause " + why.word()));
      reasonClass.ifPresent(common -> words.add("reason class " + common.mark()));
      since.ifPresent(time -> words.add("since " + time));
      return words.isEmpty() ? "all" : String.join(", ", words);
    }
  }

  /**
   * Dead letters that have the same action, cause and reason class.
   *
   * @param action the action's name
   * @param cause why they are dead
   * @param reasonClass what their reasons have in common; empty for those of all classes of this
   *     action and cause that are too many to be told apart
   * @param count how many
   * @param oldest when the first of them died
   * @param newest when the last of them died
   * @param example one of them
   */
  public record Group(
      String action,
      Cause cause,
      Optional<ReasonClass> reasonClass,
      long count,
      Instant oldest,
      Instant newest,
      DeadLetter example) {

    /** This group with one more. */
    Group with(DeadLetter one) {
      return new Group(
          action,
          cause,
          reasonClass,
          count + 1,
          one.at().isBefore(oldest) ? one.at() : oldest,
          one.at().isAfter(newest) ? one.at() : newest,
          example);
    }
  }
}
