package dev.usher.subscription;

import java.sql.SQLException;

/** The lists could not be written; another attempt may. The reason is shown to operators. */
final class SubscriptionFailed extends Exception {

  private static final long serialVersionUID = 1;

  /** Only SQLite's code is passed on: its message may hold what was to be written. */
  SubscriptionFailed(SQLException cause) {
    super("the lists could not be written: SQLite error " + cause.getErrorCode(), cause);
  }
}
