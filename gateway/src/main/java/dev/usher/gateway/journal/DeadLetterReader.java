package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.DeadLetterGroups;
import dev.usher.gateway.pipeline.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads dead letters. Lives on the reader thread. */
final class DeadLetterReader {

  private static final String COLUMNS =
      """
      SELECT delivery.seq, id, name, required, cause, due, attempts, outcome, reason,
        (SELECT first.name FROM delivery AS other JOIN action AS first ON no = other.action
         WHERE other.seq = delivery.seq AND other.action = delivery.after AND other.state = 3)
      """;
  private static final String LIST =
      COLUMNS
          + """
          FROM delivery INDEXED BY dead JOIN signup USING (seq) JOIN action ON no = delivery.action
          WHERE state = 3 AND (delivery.seq, name) > (?1, ?2)
            AND (?3 IS NULL OR name = ?3) AND (?4 IS NULL OR cause = ?4) AND due >= ?5
          ORDER BY delivery.seq, name
          """;
  private static final String FIND =
      COLUMNS
          + """
          FROM signup JOIN delivery USING (seq) JOIN action ON no = delivery.action
          WHERE id = ? AND name = ? AND state = 3
          """;

  /** Takes one; false where that is enough. */
  @FunctionalInterface
  private interface Taker {
    boolean take(DeadLetter letter);
  }

  private final PreparedStatement list;
  private final PreparedStatement find;

  DeadLetterReader(Connection connection) throws SQLException {
    list = connection.prepareStatement(LIST);
    find = connection.prepareStatement(FIND);
  }

  List<DeadLetter> list(DeadLetter.Filter filter, DeadLetter.Position after, int limit)
      throws SQLException {
    return filter.ids().isEmpty() ? page(filter, after, limit) : named(filter, after, limit);
  }

  /** Reads them one by one: there may be more than there is room for. */
  List<DeadLetter.Group> groups(DeadLetter.Filter filter) throws SQLException {
    DeadLetterGroups groups = new DeadLetterGroups();
    choose(filter, DeadLetter.Position.START);
    read(
        list,
        filter,
        letter -> {
          groups.add(letter);
          return true;
        });
    return groups.all();
  }

  private List<DeadLetter> page(DeadLetter.Filter filter, DeadLetter.Position after, int limit)
      throws SQLException {
    List<DeadLetter> page = new ArrayList<>();
    choose(filter, after);
    read(list, filter, letter -> page.add(letter) && page.size() < limit);
    return page;
  }

  private void choose(DeadLetter.Filter filter, DeadLetter.Position after) throws SQLException {
    list.setLong(1, after.seq());
    list.setString(2, after.action());
    list.setString(3, filter.action().orElse(null));
    list.setObject(4, filter.cause().map(Codes.CAUSES::indexOf).orElse(null));
    list.setLong(5, filter.since().map(Instant::toEpochMilli).orElse(0L));
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
        read(find, filter, found::add);
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

  private static void read(PreparedStatement query, DeadLetter.Filter filter, Taker taker)
      throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      boolean isWanted = true;
      while (isWanted && row.next()) {
        DeadLetter letter = letter(row);
        isWanted = !filter.admits(letter) || taker.take(letter);
      }
    }
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4),
        Codes.cause(row.getInt(5)),
        Instant.ofEpochMilli(row.getLong(6)),
        row.getInt(7),
        outcome(row),
        Optional.ofNullable(row.getString(9)).orElse(""),
        Optional.ofNullable(row.getString(10)));
  }

  private static Optional<Outcome> outcome(ResultSet row) throws SQLException {
    int code = row.getInt(8);
    return row.wasNull() ? Optional.empty() : Codes.outcome(code);
  }
}
