package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A signup and its deliveries as the journal has them.
 *
 * @param signup the signup
 * @param deliveries its deliveries in the order of its plan
 */
public record SignupRecord(Signup signup, List<Line> deliveries) {

  /**
   * One delivery.
   *
   * @param action the action's name
   * @param required whether the signup's state depends on it
   * @param state where it stands
   * @param lane what it stands in line for, if it is pending
   * @param due when its next attempt may start, if it is pending
   * @param attempts attempts that count so far
   * @param cause why it is dead
   * @param revision changes of it so far
   */
  public record Line(
      String action,
      boolean required,
      DeliveryState state,
      Lane lane,
      Instant due,
      int attempts,
      Optional<Cause> cause,
      long revision) {}

  /** The deliveries of its plan: all but the notices that it was erased. */
  List<Line> planned() {
    return deliveries.stream().filter(line -> !Action.isNotice(line.action())).toList();
  }

  /** Whether its plan has this action. */
  boolean owes(String action) {
    return deliveries.stream().anyMatch(line -> line.action().equals(action));
  }

  /** Changes of its deliveries so far. */
  public long revision() {
    return revision(deliveries);
  }

  static long revision(List<Line> deliveries) {
    return deliveries.stream().mapToLong(Line::revision).sum();
  }

  /** Where the signup stands. */
  public SignupState state() {
    return state(deliveries);
  }

  /** Where a signup stands that has these deliveries. */
  static SignupState state(List<Line> deliveries) {
    return SignupState.of(deliveries.stream().filter(Line::required).map(Line::state).toList());
  }
}
