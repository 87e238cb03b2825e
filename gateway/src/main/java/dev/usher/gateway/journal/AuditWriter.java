package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What people did, in the transaction under way. Lives on the writer thread. */
final class AuditWriter {

  private static final String INSERT =
      "INSERT INTO audit (at, token, verb, detail) VALUES (?, ?, ?, ?)";

  private final PreparedStatement insert;

  AuditWriter(Connection connection) throws SQLException {
    insert = connection.prepareStatement(INSERT);
  }

  /** Keeps what was done, by whom and when. */
  Applied keep(Change.Audit entry) throws SQLException {
    insert.setLong(1, entry.at().toEpochMilli());
    insert.setString(2, entry.token());
    insert.setString(3, entry.verb());
    insert.setString(4, entry.detail());
    insert.executeUpdate();
    return Applied.MOVED;
  }
}
