package dev.usher.gateway.pipeline;

import java.util.Map;

/**
 * The books: counts that change in the transaction of what they count, so they always balance.
 *
 * @param accepted signups ever accepted
 * @param completed signups completed
 * @param failed signups failed
 * @param actions the deliveries of each action ever planned, by name
 * @param all the deliveries of all actions together
 */
public record Totals(
    long accepted, long completed, long failed, Map<String, Deliveries> actions, Deliveries all) {

  /** Adds up the actions. */
  public Totals(long accepted, long completed, long failed, Map<String, Deliveries> actions) {
    this(
        accepted,
        completed,
        failed,
        actions,
        actions.values().stream().reduce(Deliveries.NONE, Deliveries::plus));
  }

  /** Signups neither completed nor failed. */
  public long open() {
    return accepted - completed - failed;
  }

  /** Deliveries pending or running. */
  public long openDeliveries() {
    return all.pending() + all.running();
  }

  /** The deliveries of one action. */
  public Deliveries of(String action) {
    return actions.getOrDefault(action, Deliveries.NONE);
  }

  /**
   * How many deliveries stand where.
   *
   * @param fresh pending, never attempted, due at once
   * @param timed pending after an attempt
   * @param redriven pending because a person sent them round again
   * @param delayed pending, never attempted, due at a time of their own
   * @param held pending, never attempted, waiting for the delivery that they come after
   * @param running an attempt is under way
   * @param succeeded done
   * @param dead dead letters
   * @param cancelled no longer wanted
   */
  public record Deliveries(
      long fresh,
      long timed,
      long redriven,
      long delayed,
      long held,
      long running,
      long succeeded,
      long dead,
      long cancelled) {

    /** No deliveries at all. */
    public static final Deliveries NONE = new Deliveries(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Waiting for an attempt. */
    public long pending() {
      return fresh + timed + redriven + delayed + held;
    }

    /** Every delivery ever planned. */
    public long planned() {
      return pending() + running + succeeded + dead + cancelled;
    }

    private Deliveries plus(Deliveries other) {
      return new Deliveries(
          fresh + other.fresh,
          timed + other.timed,
          redriven + other.redriven,
          delayed + other.delayed,
          held + other.held,
          running + other.running,
          succeeded + other.succeeded,
          dead + other.dead,
          cancelled + other.cancelled);
    }
  }
}
