package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Corrupt;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Rows whose state, or the lane of a pending one, is none: no page meets them, for pages ask for
 * states and lanes. An index of their own has them, which is empty as long as nobody breaks one.
 */
final class Strays {

  static final String SELECT =
      """
      SELECT seq, name, state, lane, coalesce(id, '') FROM delivery INDEXED BY stray
      CROSS JOIN action ON no = delivery.action LEFT JOIN signup USING (seq)
      WHERE state NOT BETWEEN 0 AND 4 OR (state = 0 AND lane NOT BETWEEN 0 AND 4)
      ORDER BY seq LIMIT ?
      """;
  private static final String COUNT_OPEN =
      """
      SELECT state, lane, count(*) FROM delivery INDEXED BY waiting
      WHERE action = ?1 AND state = 0 GROUP BY lane
      UNION ALL
      SELECT state, 0, count(*) FROM delivery INDEXED BY running
      WHERE state = 1 AND action = ?1 GROUP BY state
      """;
  private static final List<Books.Kind> OPEN_KINDS =
      List.of(
          Books.Kind.FRESH,
          Books.Kind.TIMED,
          Books.Kind.REDRIVEN,
          Books.Kind.DELAYED,
          Books.Kind.HELD,
          Books.Kind.RUNNING);

  private Strays() {}

  /** Those that are there, for a page. */
  static List<Corrupt> read(PreparedStatement select, int limit) throws SQLException {
    select.setInt(1, limit);
    List<Corrupt> strays = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String reason = "state " + row.getString(3) + " with lane " + row.getString(4) + " is none";
        strays.add(new Corrupt(row.getLong(1), row.getString(5), row.getString(2), reason));
      }
    }
    return strays;
  }

  /**
   * What the books count a stray as: the kind of which they have more than there are rows. Reads
   * every open row of the action, for a case that hardly ever comes.
   *
   * @param ended what it must be where no open one is missing
   */
  static Books.Kind countedAs(Connection connection, Books books, int action, Books.Kind ended)
      throws SQLException {
    Map<Books.Kind, Long> rows = countOpen(connection, action);
    for (Books.Kind kind : OPEN_KINDS) {
      if (books.count(action, kind) > rows.getOrDefault(kind, 0L)) {
        return kind;
      }
    }
    return ended;
  }

  private static Map<Books.Kind, Long> countOpen(Connection connection, int action)
      throws SQLException {
    Map<Books.Kind, Long> rows = new EnumMap<>(Books.Kind.class);
    try (PreparedStatement count = connection.prepareStatement(COUNT_OPEN)) {
      count.setInt(1, action);
      try (ResultSet row = count.executeQuery()) {
        while (row.next()) {
          if (!isStray(row.getInt(1), row.getInt(2))) {
            DeliveryState state = Codes.state(row.getInt(1));
            Lane lane = Codes.lane(row.getInt(2));
            rows.merge(Books.Kind.of(state, lane), row.getLong(3), Long::sum);
          }
        }
      }
    }
    return rows;
  }

  /** Whether a row with these codes is one. */
  static boolean isStray(int state, int lane) {
    boolean isPending = state == Codes.STATES.indexOf(DeliveryState.PENDING);
    return !Codes.isState(state) || (isPending && !Codes.isLane(lane));
  }
}
