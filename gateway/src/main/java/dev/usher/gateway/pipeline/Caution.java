package dev.usher.gateway.pipeline;

/**
 * How many attempts an action may risk at once. When several in a row end without a word, whatever
 * takes them is not well: then only one at a time is tried, until one succeeds. Lives on the loop.
 */
final class Caution {

  /** Attempts in a row without an outcome after which one at a time is tried. */
  static final int PATIENCE = 5;

  private int unknownInARow;

  /** An attempt ended; {@code true} where that changed how many are risked. */
  boolean heard(Ending ending) {
    boolean wasCautious = isCautious();
    if (ending.outcome() == Outcome.SUCCEEDED) {
      unknownInARow = 0;
    } else if (ending.isSilent()) {
      unknownInARow = Math.min(PATIENCE, unknownInARow + 1);
    } else if (!wasCautious && ending.outcome() != Outcome.REFUSED) {
      unknownInARow = 0;
    }
    return wasCautious != isCautious();
  }

  /** The number of attempts to risk where {@code usual} are allowed. */
  int limit(int usual) {
    return isCautious() ? 1 : usual;
  }

  private boolean isCautious() {
    return unknownInARow >= PATIENCE;
  }
}
