package dev.usher.wire;

import java.util.Set;

/**
 * The one table of failure codes, the same for bus replies, webhooks and kits: the codes here
 * reject a delivery for good, every other one means another attempt.
 */
public final class FailureCodes {

  private static final Set<Integer> REJECTING = Set.of(400, 410, 413, 415, 422);

  private FailureCodes() {}

  /** Whether this failure code says that the delivery must never be sent again. */
  public static boolean isRejection(int code) {
    return REJECTING.contains(code);
  }
}
