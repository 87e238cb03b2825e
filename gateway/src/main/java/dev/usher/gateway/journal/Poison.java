package dev.usher.gateway.journal;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a change that can't be written from a journal that can't be written. */
final class Poison {

  private Poison() {}

  /**
   * Whether applying a change failed because of the change. Anything else may be the disk, and is
   * taken for that.
   */
  static boolean is(Exception failure) {
    if (failure instanceof SQLiteException refused) {
      return switch (primary(refused)) {
        case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE -> true;
        default -> false;
      };
    }
    return failure instanceof RuntimeException;
  }

  private static SQLiteErrorCode primary(SQLiteException failure) {
    return SQLiteErrorCode.getErrorCode(failure.getResultCode().code & 0xff);
  }
}
