package dev.usher.gateway.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The number of each action name; a new name gets one in the transaction that first needs it. */
final class ActionNumbers {

  private final Connection connection;
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

  ActionNumbers(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name, no FROM action")) {
      while (rows.next()) {
        numbers.put(rows.getString(1), rows.getInt(2));
      }
    }
  }

  /** Writer thread only. */
  int of(String name) throws SQLException {
    Integer known = numbers.get(name);
    return known == null ? add(name) : known;
  }

  /** Every name with its number; from any thread. */
  Map<String, Integer> all() {
    return numbers;
  }

  private int add(String name) throws SQLException {
    // A rolled-back insert leaves the name in this map, which is discarded with its connection.
    int number = numbers.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO action (no, name) VALUES (?, ?)")) {
      insert.setInt(1, number);
      insert.setString(2, name);
      insert.executeUpdate();
    }
    numbers.put(name, number);
    return number;
  }
}
