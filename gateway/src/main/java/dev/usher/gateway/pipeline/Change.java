package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing that the journal makes durable. Changes are applied in the order they are written. */
public sealed interface Change {

  /** The signup it is about; 0 where it is about none. */
  default long seq() {
    return 0;
  }

  /** Id of that signup, for those who watch; empty where the writer does not know it. */
  default String id() {
    return "";
  }

  /**
   * A signup and its whole plan.
   *
   * @param signup the signup
   * @param revision revision of the configuration that planned it
   * @param deliveries its deliveries; those whose attempt already has a slot start with it
   * @param fingerprints what it can be found by; where the journal has its idempotency key, nothing
   *     is written
   */
  record Accept(Signup signup, long revision, List<Planned> deliveries, Fingerprints fingerprints)
      implements Change {

    /** A signup that can't be found but by its id. */
    public Accept(Signup signup, long revision, List<Planned> deliveries) {
      this(signup, revision, deliveries, Fingerprints.NONE);
    }

    @Override
    public long seq() {
      return signup.seq();
    }

    @Override
    public String id() {
      return signup.id();
    }
  }

  /**
   * A delivery of a new signup.
   *
   * @param action the action's name
   * @param required whether the signup's state depends on it
   * @param lane where it waits
   * @param due when it may first be attempted
   * @param startedOn instance of the first attempt where a slot was free, or empty
   * @param hold what it waits for, if its lane is {@link Lane#HELD}
   */
  record Planned(
      String action,
      boolean required,
      Lane lane,
      Instant due,
      String startedOn,
      Optional<Hold> hold) {

    /** A delivery that comes after no other. */
    public Planned(String action, boolean required, Lane lane, Instant due, String startedOn) {
      this(action, required, lane, due, startedOn, Optional.empty());
    }
  }

  /**
   * The start of an attempt; does nothing unless the delivery is pending in this lane with exactly
   * the attempts before this one behind it.
   */
  record Start(long seq, String action, Lane lane, int attempt, Instant at, String instance)
      implements Change {}

  /** The end of a running attempt; does nothing if the delivery has moved on meanwhile. */
  record End(
      long seq,
      String id,
      String action,
      boolean required,
      int attempt,
      Ending ending,
      Duration took,
      Step step)
      implements Change {}

  /**
   * Makes a dead letter of a delivery whose row can't be decoded, if it is open; one of an erased
   * signup is cancelled.
   */
  record Bury(long seq, String id, String action, String reason, Instant at) implements Change {}

  /** What a person does to a dead letter; does nothing if it is none any more. */
  record Repair(
      long seq, String id, String action, dev.usher.gateway.pipeline.Repair repair, Instant at)
      implements Change {}

  /**
   * Deliveries of a signup that are no longer wanted: those that are pending are cancelled, those
   * that run are not attempted again. Kept in the audit where it applied to any.
   */
  record Cancel(long seq, String id, List<String> actions, Audit audit) implements Change {}

  /** Another optional delivery for a past signup; does nothing if it has one, or was erased. */
  record Backfill(long seq, String action, Lane lane, Instant due) implements Change {}

  /**
   * Something a person did.
   *
   * @param token name of the token it was done with
   * @param verb what was done
   * @param detail to what; ids and counts only
   */
  record Audit(Instant at, String token, String verb, String detail) implements Change {}

  /**
   * Another configuration of the actions, made durable before it comes into force.
   *
   * @param revision the configuration
   * @param edit the override that makes it; empty where the file does
   */
  record Configure(Revision revision, Optional<Edit> edit) implements Change {}

  /**
   * What becomes of the override of an action; audited under the revision's token.
   *
   * @param action the action's name
   * @param now the override from here on; empty where it is taken back
   * @param verb what was done, for the audit
   * @param detail to what, for the audit
   */
  record Edit(String action, Optional<ActionOverride> now, String verb, String detail) {}

  /**
   * What becomes of versions of hot-deployed handlers, in one transaction.
   *
   * @param now versions that are new or stand differently
   * @param forgotten versions that are kept no longer
   * @param audit what a person did; empty where the runners decided
   */
  record Deploy(List<Artefact> now, List<Artefact> forgotten, Optional<Audit> audit)
      implements Change {}

  /**
   * Takes everything of the person out of a signup: the bare facts stay, what waits or is dead is
   * cancelled, what runs ends without another attempt. Does nothing if that was done before.
   *
   * @param notices what may have to be told to handlers
   */
  record Erase(long seq, String id, Instant at, List<Notice> notices) implements Change {}

  /**
   * Owed for a delivery of an erased signup, if it was ever attempted.
   *
   * @param action the delivery's action
   * @param name the action under whose name the notice is delivered
   * @param timeout longest time of an attempt: the notice must not overtake one under way
   */
  record Notice(String action, String name, Duration timeout) {}

  /**
   * Removes signups whose deliveries all succeeded or were cancelled, in the order of acceptance.
   * Each goes on where the one before it ended; one that moved nothing came to the end and has the
   * next begin anew.
   *
   * @param before accepted earlier than this
   * @param limit most signups looked at: bounds the commit
   */
  record Purge(Instant before, int limit) implements Change {}

  /** Removes one signup, unless something is owed to it. The totals stay. */
  record Remove(long seq) implements Change {}

  /** A success nobody waited for any more; counts from pending, running and dead. */
  record LateSuccess(long seq, String id, String action, int attempt, String result, Instant at)
      implements Change {}
}
