package dev.usher.gateway.pipeline;

import java.util.List;

/**
 * A piece of what the journal holds of one action.
 *
 * @param deliveries the next ones in their order
 * @param isLast whether the journal held nothing beyond them
 * @param corrupt rows among them that can't be decoded
 */
public record Page(List<Delivery> deliveries, boolean isLast, List<Corrupt> corrupt) {

  /** A page of which every row was decoded. */
  public Page(List<Delivery> deliveries, boolean isLast) {
    this(deliveries, isLast, List.of());
  }

  /**
   * How much of it is wanted: whichever limit is reached first, but at least one delivery.
   *
   * @param deliveries most deliveries
   * @param bytes payload bytes after which no further delivery is read
   */
  public record Limit(int deliveries, long bytes) {}
}
