package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.util.function.Function;

/**
 * The signups by which {@code usher verify} checks an installation: accepted like any other, owed
 * nothing but {@link Loopback}, removed once the verdict is there. Lives on the loop.
 */
public final class Verification {

  private final Loop loop;
  private final Journal journal;
  private final Function<Candidate, Future<Accepted>> accept;
  private String audited = "";

  /**
   * One signup to verify by.
   *
   * @param candidate the signup; has an idempotency key
   * @param run what the run is called that it belongs to
   * @param token name of the token it is done with
   */
  public record Order(Candidate candidate, String run, String token) {}

  /** What came of removing a signup. */
  public enum Removal {
    /** It is gone; the totals know of it. */
    REMOVED,
    /** Its delivery has not ended, so it stays. */
    STILL_OWED,
    /** There is none with this id, or it was not accepted to verify. */
    UNKNOWN
  }

  /**
   * Starts with nothing to do.
   *
   * @param accept accepts a candidate that is owed the loop-back action alone
   */
  Verification(Loop loop, Journal journal, Function<Candidate, Future<Accepted>> accept) {
    this.loop = loop;
    this.journal = journal;
    this.accept = accept;
  }

  /** Each run is audited once, and once more by a gateway that was restarted in its midst. */
  Future<Accepted> accept(Order order) {
    Future<Accepted> accepted = accept.apply(order.candidate());
    if (order.run().equals(audited)) {
      return accepted;
    }
    audited = order.run();
    Change.Audit entry = new Change.Audit(loop.now(), order.token(), "verify", order.run());
    return journal.write(entry).compose(kept -> accepted);
  }

  Future<Removal> remove(String id) {
    return journal
        .find(id)
        .map(found -> found.filter(signup -> signup.owes(Loopback.NAME)))
        .compose(
            found ->
                found.isPresent() ? remove(found.get()) : Future.succeededFuture(Removal.UNKNOWN));
  }

  private Future<Removal> remove(SignupRecord found) {
    return journal
        .write(new Change.Remove(found.signup().seq()))
        .map(applied -> applied.moved() ? Removal.REMOVED : Removal.STILL_OWED);
  }
}
