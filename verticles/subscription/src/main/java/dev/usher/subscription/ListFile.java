package dev.usher.subscription;

import dev.usher.cluster.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The mailing lists, in an SQLite file that only its owner can read, and that {@code sqlite3} can:
 * {@code SELECT * FROM subscriber}. Blocks; for any thread, one at a time. After an error the file
 * is opened anew.
 */
final class ListFile implements AutoCloseable {

  private static final int BUSY_MS = 5_000;

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS subscriber (
        list          TEXT NOT NULL,
        email         TEXT NOT NULL,
        username      TEXT,
        signup        TEXT NOT NULL,  -- the one that asked for it first
        subscribed_at TEXT NOT NULL,  -- ISO 8601, UTC
        PRIMARY KEY (list, email)
      ) WITHOUT ROWID
      """;

  private static final String INSERT =
      """
      INSERT INTO subscriber (list, email, username, signup, subscribed_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  /** Every signup of a person, so that any of them can take the person off when it is erased. */
  private static final String ASKERS =
      """
      CREATE TABLE IF NOT EXISTS asked (
        signup TEXT NOT NULL,
        list   TEXT NOT NULL,
        email  TEXT NOT NULL,
        PRIMARY KEY (signup, list, email)
      ) WITHOUT ROWID
      """;

  private static final String ASK =
      "INSERT INTO asked (signup, list, email) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

  private static final String[] ERASE = {
    """
    DELETE FROM subscriber WHERE signup = ?1
      OR email IN (SELECT email FROM asked WHERE signup = ?1)
    """,
    "DELETE FROM asked WHERE email IN (SELECT email FROM asked WHERE signup = ?1)"
  };

  private static final String FIRST =
      "SELECT 1 FROM subscriber WHERE list = ? AND email = ? AND signup = ?";

  private final Path file;
  private final Clock clock;
  private @Nullable Connection open;

  private ListFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Opens the file, making it where it is missing.
   *
   * @throws IOException when it can't be made
   * @throws SQLException when it is not what it should be
   */
  static ListFile open(Path file, Clock clock) throws IOException, SQLException {
    makePrivate(file);
    ListFile lists = new ListFile(file, clock);
    lists.open = lists.connect();
    return lists;
  }

  /**
   * Puts a person on lists: on all or, if it fails, on none. Survives a crash of the machine once
   * it returns; doing it again changes nothing.
   *
   * @return for each list whether it was this signup that put the person there
   */
  synchronized List<Boolean> subscribe(Subscriber subscriber, List<String> lists)
      throws SQLException {
    try {
      Connection connection = connection();
      insert(connection, subscriber, lists);
      return areFirst(connection, subscriber, lists);
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /**
   * Takes the person of this signup off every list, whichever signup asked for it, and for good:
   * the file is rewritten, so that no copy of a row is left in it. Doing it again changes nothing.
   */
  synchronized void erase(String signup) throws SQLException {
    try {
      Connection connection = connection();
      delete(connection, signup);
      // Each time: an earlier call may have been cut off between the two.
      rewrite(connection);
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    Connection connection = open;
    open = null;
    if (connection != null) {
      connection.close();
    }
  }

  private static void delete(Connection connection, String signup) throws SQLException {
    connection.setAutoCommit(false);
    for (String sql : ERASE) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, signup);
        delete.executeUpdate();
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void rewrite(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
      try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
        if (!row.next() || row.getInt(1) != 0) {
          throw new SQLException("somebody reads the lists, so their log can't be emptied");
        }
      }
    }
  }

  private void insert(Connection connection, Subscriber subscriber, List<String> lists)
      throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement(INSERT);
        PreparedStatement ask = connection.prepareStatement(ASK)) {
      for (String list : lists) {
        insert.setString(1, list);
        insert.setString(2, subscriber.email());
        insert.setString(3, subscriber.username().orElse(null));
        insert.setString(4, subscriber.signup());
        insert.setString(5, clock.instant().toString());
        insert.executeUpdate();
        ask.setString(1, subscriber.signup());
        ask.setString(2, list);
        ask.setString(3, subscriber.email());
        ask.executeUpdate();
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static List<Boolean> areFirst(
      Connection connection, Subscriber subscriber, List<String> lists) throws SQLException {
    List<Boolean> first = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(FIRST)) {
      for (String list : lists) {
        query.setString(1, list);
        query.setString(2, subscriber.email());
        query.setString(3, subscriber.signup());
        try (ResultSet row = query.executeQuery()) {
          first.add(row.next());
        }
      }
    }
    return first;
  }

  private Connection connection() throws SQLException {
    Connection connection = open;
    if (connection == null) {
      connection = connect();
      open = connection;
    }
    return connection;
  }

  private Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MS);
    // Not by the driver manager: in a runner it would not see a driver in our own class loader.
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute(ASKERS);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /** Made before SQLite does, whose file anyone could read; its side files take the same mode. */
  private static void makePrivate(Path file) throws IOException {
    try {
      PrivateFiles.make(file);
    } catch (FileAlreadyExistsException fromAnEarlierStart) {
      // Its owner may have given it another mode.
    }
  }
}
