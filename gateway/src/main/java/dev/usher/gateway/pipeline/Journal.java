package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The durable record. Writes are made durable in the order they are given, many in one commit, and
 * are visible to reads once their future has completed. Nothing blocks; every future completes on
 * the pipeline's loop.
 */
public interface Journal {

  /**
   * Makes a change durable and completes with what it did. Fails with {@link JournalUnavailable}
   * when the change is not durable.
   */
  Future<Applied> write(Change change);

  /** Names the one who is told each change that applied: on the loop, once it is durable. */
  void onApplied(BiConsumer<Change, Applied> told);

  /** Everything the journal knows of a signup. */
  Future<Optional<SignupRecord>> find(String id);

  /** The signup that came with this idempotency key, by the key's fingerprint. */
  Future<Optional<KeyedSignup>> findByKey(byte[] key);

  /** Pending deliveries of an action that were never attempted, in order of acceptance. */
  Future<Page> fresh(String action, long afterSeq, Page.Limit limit);

  /** Pending deliveries of an action in a lane that goes by time, earliest first. */
  Future<Page> timed(String action, Lane lane, Page.Limit limit);

  /** Deliveries with a recorded start and no outcome, in order of acceptance. */
  Future<Page> running(long afterSeq, int limit);

  /** Dead letters that a filter lets pass, in the order of their position. */
  Future<List<DeadLetter>> dead(DeadLetter.Filter filter, DeadLetter.Position after, int limit);

  /** Signups of a person that are not erased, in the order of acceptance. */
  Future<List<Erasable>> ofPerson(byte[] person, long afterSeq, int limit);

  /**
   * Completes once no file of the journal holds anything of an erased signup any more: neither its
   * log nor the backups that were made of it.
   */
  Future<Void> scrub();

  /** Dead letters that a filter lets pass, counted by action, cause and reason class. */
  Future<List<DeadLetter.Group>> deadGroups(DeadLetter.Filter filter);

  /** Past signups that an action was never planned for, in order of acceptance. */
  Future<Lacking.Page> lacking(Lacking lacking, long afterSeq, int limit);

  /**
   * What people did, the latest first.
   *
   * @param before only entries with a lower number
   */
  Future<List<AuditEntry>> audit(AuditEntry.Filter filter, long before, int limit);

  /** Signups that a filter lets pass, newest first, before this {@link Signup#seq}. */
  Future<SignupPage> signups(SignupFilter filter, long before, int limit);

  /** Everything that happened to a signup. */
  Future<Optional<SignupHistory>> history(String id);

  /**
   * Since when the delivery of an action that is due and not begun has waited longest: first ones
   * from their acceptance on, others from the time at which they came due.
   */
  Future<Optional<Instant>> oldestDue(String action, Instant now);

  /** The books as of the last commit. */
  Totals totals();

  /** How full the queue of writes is. */
  Pressure pressure();

  /** How much room there is, as of a moment ago. */
  Space space();

  /** The highest {@link Signup#seq} in use; 0 where there is none. */
  long lastSeq();

  /**
   * How far commits lag behind.
   *
   * @param bytes payload bytes waiting for their commit
   * @param ageNanos age of the oldest waiting change
   * @param health whether it can be written at all
   */
  record Pressure(long bytes, long ageNanos, Health health) {

    /** Whether nothing can be written. */
    public boolean isDown() {
      return health != Health.UP;
    }
  }

  /** Whether the journal can be written. */
  enum Health {
    /** It can. */
    UP("up"),
    /** Not now; it is tried again and again. */
    DOWN("down"),
    /** Its file was deleted or replaced: not before the gateway was started again. */
    GONE("gone");

    private final String word;

    Health(String word) {
      this.word = word;
    }

    /** As people and JSON say it. */
    public String word() {
      return word;
    }
  }

  /**
   * Room taken and left.
   *
   * @param fileBytes size of the journal
   * @param logBytes size of what is not moved into it yet
   * @param freeBytes room left where it is
   * @param isLow whether so little is left that it is kept for what was accepted already
   */
  record Space(long fileBytes, long logBytes, long freeBytes, boolean isLow) {}
}
