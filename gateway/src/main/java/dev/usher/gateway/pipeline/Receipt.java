package dev.usher.gateway.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * What a client may know of its signup: states, never reasons or results.
 *
 * @param seq its place in the order of acceptance; no client is told
 * @param id the signup's id
 * @param state where the signup stands
 * @param lines its deliveries in the order of its plan
 * @param revision changes of its deliveries so far: of two receipts the one with more is newer
 */
public record Receipt(long seq, String id, SignupState state, List<Line> lines, long revision) {

  /** Whether nothing is pending or running: it changes no more unless a person repairs it. */
  public boolean isSettled() {
    return lines.stream().noneMatch(line -> line.state().isOpen());
  }

  /**
   * One delivery.
   *
   * @param action the action's name
   * @param required whether the signup's state depends on it
   * @param state where it stands
   * @param waitingFor what it waits for, if it is pending
   */
  public record Line(
      String action, boolean required, DeliveryState state, Optional<WaitingReason> waitingFor) {}
}
