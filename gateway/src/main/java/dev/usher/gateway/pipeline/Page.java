package dev.usher.gateway.pipeline;

import java.util.List;

/**
 * A piece of what the journal holds of one action.
 *
 * @param deliveries the next ones in their order
 * @param isLast whether the journal held nothing beyond them
 */
public record Page(List<Delivery> deliveries, boolean isLast) {

  /**
   * How much of it is wanted: whichever limit is reached first, but at least one delivery.
   *
   * @param deliveries most deliveries
   * @param bytes payload bytes after which no further delivery is read
   */
  public record Limit(int deliveries, long bytes) {}
}
