package dev.usher.gateway.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Up to which erasure the files are clean, in a file beside the journal: so that a start reads the
 * whole journal only where a crash came between an erasure and its scrub.
 */
final class ScrubMark {

  private static final String NOTHING_ERASED = "0 0";

  /** Signups are erased for good, so these two tell whether one was erased since. */
  private static final String SELECT =
      "SELECT count(*), max(erased_at) FROM signup INDEXED BY erased WHERE erased_at IS NOT NULL";

  private final Database database;
  private final Path file;

  ScrubMark(Database database) {
    this.database = database;
    this.file = database.file().resolveSibling(database.file().getFileName() + ".scrubbed");
  }

  /** What is erased now. */
  String read() throws SQLException {
    try (Connection connection = database.openForReading();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT)) {
      return row.getLong(1) + " " + row.getLong(2);
    }
  }

  /** Whether something was erased that may be left in the files. */
  boolean isOwed() throws SQLException, IOException {
    String erased = read();
    return !erased.equals(NOTHING_ERASED)
        && !(Files.exists(file) && Files.readString(file, US_ASCII).equals(erased));
  }

  /** The files are clean of what this mark was read for. */
  void keep(String mark) throws IOException {
    Path fresh = Unfinished.of(file);
    Files.writeString(fresh, mark, US_ASCII);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
