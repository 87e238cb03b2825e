package dev.usher.benchmark.part;

import dev.usher.benchmark.BenchFailed;
import dev.usher.benchmark.process.Ground;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A journal whose gateway does not run, as plain SQL. */
final class JournalFile implements AutoCloseable {

  private static final String OUT_OF_ORDER =
      """
      SELECT count(*) FROM
        (SELECT since < max(since) OVER (ORDER BY seq) AS early FROM delivery) WHERE early
      """;

  private final Connection connection;

  JournalFile(Ground ground) {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + ground.journal());
    } catch (SQLException e) {
      throw new BenchFailed("can't open " + ground.journal(), e);
    }
  }

  /** Deliveries that were first attempted before one of an earlier signup. */
  static long outOfOrder(Ground ground) {
    try (JournalFile journal = new JournalFile(ground)) {
      return journal.number(OUT_OF_ORDER);
    }
  }

  void execute(String... statements) {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new BenchFailed("can't change the journal", e);
    }
  }

  /** Runs one statement with numbers for its question marks. */
  void update(String sql, long... numbers) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < numbers.length; i++) {
        statement.setLong(i + 1, numbers[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new BenchFailed("can't change the journal", e);
    }
  }

  long number(String query) {
    return Long.parseLong(texts(query).get(0));
  }

  List<String> texts(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new BenchFailed("can't read the journal", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new BenchFailed("can't close the journal", e);
    }
  }
}
