package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.SignupState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Keeps the totals of signups true when a required delivery moves. Lives on the writer thread. */
final class SignupBooks {

  private static final String COUNT_REQUIRED =
      "SELECT total(state > 2), total(state < 2) FROM delivery WHERE seq = ? AND required = 1";

  private final PreparedStatement countRequired;
  private final Books books;

  SignupBooks(Connection connection, Books books) throws SQLException {
    this.countRequired = connection.prepareStatement(COUNT_REQUIRED);
    this.books = books;
  }

  /** A required delivery has moved: the signup's state before and after follows from the others. */
  Applied moved(long seq, DeliveryState from, DeliveryState to) throws SQLException {
    if (from.isOpen() && to.isOpen()) {
      return Applied.MOVED;
    }
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
