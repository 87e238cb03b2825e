package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what has waited longest; one row of an index for each lane. Lives on the reader thread. */
final class OldestReader {

  static final String FRESH =
      """
      SELECT accepted_at FROM delivery INDEXED BY waiting CROSS JOIN signup USING (seq)
      WHERE action = (SELECT no FROM action WHERE name = ?)
        AND state = 0 AND lane = 0 AND due = 0
      ORDER BY seq LIMIT 1
      """;
  static final String TIMED =
      """
      SELECT due FROM delivery INDEXED BY waiting
      WHERE action = (SELECT no FROM action WHERE name = ?)
        AND state = 0 AND lane = ? AND due <= ?
      ORDER BY due LIMIT 1
      """;

  private static final List<Lane> BY_TIME = List.of(Lane.TIMED, Lane.REDRIVEN, Lane.DELAYED);

  private final PreparedStatement fresh;
  private final PreparedStatement timed;

  OldestReader(Connection connection) throws SQLException {
    fresh = connection.prepareStatement(FRESH);
    timed = connection.prepareStatement(TIMED);
  }

  Optional<Instant> due(String action, Instant now) throws SQLException {
    fresh.setString(1, action);
    Optional<Instant> oldest = time(fresh);
    for (Lane lane : BY_TIME) {
      timed.setString(1, action);
      timed.setInt(2, Codes.LANES.indexOf(lane));
      timed.setLong(3, now.toEpochMilli());
      oldest = earlier(oldest, time(timed));
    }
    return oldest;
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }

  private static Optional<Instant> time(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
    }
  }
}
