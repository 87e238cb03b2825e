package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Some signups, newest first.
 *
 * @param entries those found; may be few or none although there are more: the work for one page is
 *     bounded, not what it finds
 * @param next where to go on: before this {@link Signup#seq}; empty at the end
 */
public record SignupPage(List<Entry> entries, OptionalLong next) {

  /** Before all others, for the first page. */
  public static final long NEWEST = Long.MAX_VALUE;

  /**
   * One signup without what it says of a person.
   *
   * @param seq place in the order of acceptance
   * @param id its id
   * @param acceptedAt when it was accepted
   * @param deliveries its deliveries in the order of its plan
   */
  public record Entry(long seq, String id, Instant acceptedAt, List<SignupRecord.Line> deliveries) {

    /** Where the signup stands. */
    public SignupState state() {
      return SignupRecord.state(deliveries);
    }
  }

  /**
   * The same as people see it.
   *
   * @param entries the signups
   * @param next where to go on
   */
  public record View(List<Seen> entries, OptionalLong next) {}

  /**
   * One signup as people see it.
   *
   * @param acceptedAt when it was accepted
   * @param receipt how it stands
   */
  public record Seen(Instant acceptedAt, Receipt receipt) {}
}
