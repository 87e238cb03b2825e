package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads dead letters. Lives on the reader thread. */
final class DeadLetterReader {

  private static final String LIST =
      """
      SELECT seq, id, name, required, cause, due, attempts, outcome, reason
      FROM delivery INDEXED BY dead JOIN signup USING (seq) JOIN action ON no = delivery.action
      WHERE state = 3 AND (seq, name) > (?1, ?2)
        AND (?3 IS NULL OR name = ?3) AND (?4 IS NULL OR cause = ?4) AND due >= ?5
      ORDER BY seq, name LIMIT ?6
      """;
  private static final String FIND =
      """
      SELECT seq, id, name, required, cause, due, attempts, outcome, reason
      FROM signup JOIN delivery USING (seq) JOIN action ON no = delivery.action
      WHERE id = ? AND name = ? AND state = 3
      """;
  private static final String GROUPS =
      """
      SELECT name, cause, count(*), min(due)
      FROM delivery INDEXED BY dead JOIN action ON no = delivery.action
      WHERE state = 3 GROUP BY name, cause ORDER BY count(*) DESC, name
      """;

  private final Connection connection;
  private final PreparedStatement list;
  private final PreparedStatement find;

  DeadLetterReader(Connection connection) throws SQLException {
    this.connection = connection;
    list = connection.prepareStatement(LIST);
    find = connection.prepareStatement(FIND);
  }

  List<DeadLetter> list(DeadLetter.Filter filter, DeadLetter.Position after, int limit)
      throws SQLException {
    return filter.ids().isEmpty() ? page(filter, after, limit) : named(filter, after, limit);
  }

  List<DeadLetter.Group> groups() throws SQLException {
    List<DeadLetter.Group> groups = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(GROUPS)) {
      while (row.next()) {
        groups.add(
            new DeadLetter.Group(
                row.getString(1),
                Codes.cause(row.getInt(2)),
                row.getLong(3),
                Instant.ofEpochMilli(row.getLong(4))));
      }
    }
    return groups;
  }

  private List<DeadLetter> page(DeadLetter.Filter filter, DeadLetter.Position after, int limit)
      throws SQLException {
    list.setLong(1, after.seq());
    list.setString(2, after.action());
    list.setString(3, filter.action().orElse(null));
    list.setObject(4, filter.cause().map(Codes.CAUSES::indexOf).orElse(null));
    list.setLong(5, filter.since().map(Instant::toEpochMilli).orElse(0L));
    list.setInt(6, limit);
    return letters(list);
  }

  /** Few and named: each is looked up by itself. */
  private List<DeadLetter> named(DeadLetter.Filter filter, DeadLetter.Position after, int limit)
      throws SQLException {
    List<DeadLetter> found = new ArrayList<>();
    for (String id : filter.ids()) {
      int dot = id.indexOf('.');
      if (dot > 0) {
        find.setString(1, id.substring(0, dot));
        find.setString(2, id.substring(dot + 1));
        found.addAll(letters(find));
      }
    }
    return found.stream()
        .filter(letter -> isAfter(letter.position(), after))
        .sorted(Comparator.comparingLong(DeadLetter::seq).thenComparing(DeadLetter::action))
        .limit(limit)
        .toList();
  }

  private static boolean isAfter(DeadLetter.Position one, DeadLetter.Position other) {
    return one.seq() > other.seq()
        || (one.seq() == other.seq() && one.action().compareTo(other.action()) > 0);
  }

  private static List<DeadLetter> letters(PreparedStatement query) throws SQLException {
    List<DeadLetter> letters = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        letters.add(
            new DeadLetter(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                Codes.cause(row.getInt(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getInt(7),
                outcome(row),
                Optional.ofNullable(row.getString(9)).orElse("")));
      }
    }
    return letters;
  }

  private static Optional<Outcome> outcome(ResultSet row) throws SQLException {
    int code = row.getInt(8);
    return row.wasNull() ? Optional.empty() : Codes.outcome(code);
  }
}
