package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.SignupState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keeps the totals true when a delivery moves: its action's, and those of signups where it is
 * required. Lives on the writer thread.
 */
final class SignupBooks {

  private static final String COUNT_REQUIRED =
      "SELECT total(state > 2), total(state < 2) FROM delivery WHERE seq = ? AND required = 1";

  private final PreparedStatement countRequired;
  private final Books books;

  SignupBooks(Connection connection, Books books) throws SQLException {
    this.countRequired = connection.prepareStatement(COUNT_REQUIRED);
    this.books = books;
  }

  /** A delivery has moved. */
  Applied moved(long seq, int action, boolean isRequired, Books.Kind from, Books.Kind to)
      throws SQLException {
    books.moved(action, from, to);
    boolean staysOpen = from.state().isOpen() && to.state().isOpen();
    return isRequired && !staysOpen ? moved(seq, from.state(), to.state()) : Applied.MOVED;
  }

  /** The signup's state before and after follows from its other required deliveries. */
  private Applied moved(long seq, DeliveryState from, DeliveryState to) throws SQLException {
    countRequired.setLong(1, seq);
    try (ResultSet row = countRequired.executeQuery()) {
      int ended = row.getInt(1);
      int open = row.getInt(2);
      int endedBefore = ended - one(isEnded(to)) + one(isEnded(from));
      int openBefore = open - one(to.isOpen()) + one(from.isOpen());
      SignupState before = state(endedBefore, openBefore);
      SignupState after = state(ended, open);
      books.moved(before, after);
      return before == after ? Applied.MOVED : Applied.became(after);
    }
  }

  private static SignupState state(int ended, int open) {
    if (ended > 0) {
      return SignupState.FAILED;
    }
    return open > 0 ? SignupState.OPEN : SignupState.COMPLETED;
  }

  private static boolean isEnded(DeliveryState state) {
    return state == DeliveryState.DEAD || state == DeliveryState.CANCELLED;
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }
}
