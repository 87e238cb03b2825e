package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Erasable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the signups of a person by the fingerprint. Lives on the reader thread. */
final class PersonReader {

  /** The index goes by blocks of signups first: one look into each. */
  static final String SIGNUPS =
      """
      WITH RECURSIVE block(no) AS (
        SELECT ?2 >> 8
        UNION ALL SELECT no + 1 FROM block WHERE no < (SELECT max(seq) >> 8 FROM signup))
      SELECT seq, id FROM block CROSS JOIN signup INDEXED BY person
      WHERE seq >> 8 = block.no AND person = ?1 AND seq > ?2
      LIMIT ?3
      """;

  private final PreparedStatement signups;

  PersonReader(Connection connection) throws SQLException {
    signups = connection.prepareStatement(SIGNUPS);
  }

  List<Erasable> signups(byte[] person, long afterSeq, int limit) throws SQLException {
    signups.setBytes(1, person);
    signups.setLong(2, afterSeq);
    signups.setInt(3, limit);
    List<Erasable> found = new ArrayList<>();
    try (ResultSet row = signups.executeQuery()) {
      while (row.next()) {
        found.add(new Erasable(row.getLong(1), row.getString(2)));
      }
    }
    return found;
  }
}
