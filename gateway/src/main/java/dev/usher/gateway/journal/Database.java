package dev.usher.gateway.journal;

import dev.usher.cluster.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;

/** The SQLite file: how connections to it are opened, and the steps from one schema to the next. */
final class Database {

  /** Scripts by the schema version they lead to, from 1. Append only. */
  private static final String[] MIGRATIONS = {"001-journal.sql"};

  /** Longest wait for a lock of the file. */
  static final int BUSY_MS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Properties DRIVER = driver();

  private final Path file;
  private final List<String> migrations;

  Database(Path file) {
    this(file, MIGRATIONS);
  }

  Database(Path file, String... migrations) {
    this.file = file;
    this.migrations = List.of(migrations);
  }

  /** Loads the native library; where that fails the next open does, with the reason. */
  static void load() {
    try {
      boolean unusedIsLoaded = SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      LOG.debug("loading SQLite", e);
    }
  }

  Path file() {
    return file;
  }

  /** Where backups of this file are made. */
  Path backups() {
    return file.toAbsolutePath().resolveSibling("backups");
  }

  /** What tells this file from any other, or {@code "none"} where there is no file. */
  Object identity() {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? "unknown" : key;
    } catch (IOException gone) {
      return "none";
    }
  }

  /** The write-ahead log beside the file. */
  Path wal() {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /**
   * Opens a connection for writing: WAL with a sync at every commit, deleted content overwritten,
   * and no checkpoint of its own accord, which would stall a commit.
   */
  Connection openForWriting() throws SQLException {
    makePrivate();
    Connection connection = open();
    execute(
        connection,
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA secure_delete=ON",
        "PRAGMA wal_autocheckpoint=0",
        "PRAGMA journal_size_limit=" + Checkpoints.FILE_BYTES,
        "PRAGMA cache_size=-16384");
    return connection;
  }

  /** Opens a connection for reading only. */
  Connection openForReading() throws SQLException {
    Connection connection = open();
    execute(connection, "PRAGMA query_only=ON");
    return connection;
  }

  /** Opens a connection that reads all of the file, and may write other files. */
  Connection openForCopying() throws SQLException {
    return open();
  }

  /**
   * Checks that this Usher can read what a file holds.
   *
   * @param named what to call the file in the message
   * @throws SQLException when there is no journal in it, or one of a newer Usher
   */
  void checkVersion(Connection connection, Path named) throws SQLException {
    int version = version(connection);
    if (version == 0) {
      throw new SQLException("it has no schema version");
    }
    if (version > migrations.size()) {
      throw new SQLException(
          named
              + " has schema version "
              + version
              + "; this Usher knows versions up to "
              + migrations.size()
              + ": use a newer one");
    }
  }

  /**
   * Brings the schema up to date, after a copy of the file was put beside it.
   *
   * @throws SQLException when a step fails, or the file was written by a newer Usher
   */
  void migrate(Connection connection) throws SQLException {
    int version = version(connection);
    if (version > migrations.size()) {
      throw new SQLException(
          file
              + " has schema version "
              + version
              + "; this Usher knows versions up to "
              + migrations.size()
              + ": start a newer one");
    }
    if (version > 0 && version < migrations.size()) {
      backup(connection, version);
    }
    for (int next = version + 1; next <= migrations.size(); next++) {
      migrate(connection, next);
    }
  }

  /**
   * Changes nothing, durably: a full disk lets a file be opened and then takes no commit.
   *
   * @throws SQLException when nothing can be written
   */
  void tryWriting() throws SQLException {
    try (Connection connection = openForWriting()) {
      execute(connection, "PRAGMA user_version=" + version(connection));
    }
  }

  private void migrate(Connection connection, int version) throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, script(migrations.get(version - 1)));
    execute(connection, "PRAGMA user_version=" + version);
    connection.commit();
    connection.setAutoCommit(true);
    LOG.info("{} has schema version {}", file, version);
  }

  private void backup(Connection connection, int version) throws SQLException {
    Path copy = file.resolveSibling(file.getFileName() + ".v" + version + ".backup");
    try {
      execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      LOG.info("copied {} to {} before changing its schema", file, copy);
    } catch (IOException e) {
      throw new SQLException("can't copy " + file + " to " + copy + " before changing it", e);
    }
  }

  private static int version(Connection connection) throws SQLException {
    return (int) number(connection, "PRAGMA user_version");
  }

  /** The number that a query is answered with. */
  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }

  /** SQLite gives its log and shared memory the mode of the file. */
  private void makePrivate() throws SQLException {
    if (Files.exists(file)) {
      return;
    }
    try {
      PrivateFiles.make(file);
    } catch (IOException e) {
      throw new SQLException("can't make " + file + ": " + e.getMessage(), e);
    }
  }

  private Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, DRIVER);
    execute(connection, "PRAGMA busy_timeout=" + BUSY_MS);
    return connection;
  }

  /** Nobody asks for generated keys; the driver would run a query for them after each insert. */
  private static Properties driver() {
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    return config.toProperties();
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  private static String script(String name) throws SQLException {
    try (InputStream script = Database.class.getResourceAsStream("/journal/" + name)) {
      if (script == null) {
        throw new SQLException("no migration " + name + " in this jar");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SQLException("can't read migration " + name, e);
    }
  }
}
