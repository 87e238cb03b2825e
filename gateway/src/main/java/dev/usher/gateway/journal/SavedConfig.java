package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.gateway.pipeline.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a journal says of the configuration: read before anything else runs, as the overrides decide
 * together with the file whether a gateway can start.
 *
 * @param overrides every override, by name
 * @param last the configuration that was in force last
 * @param highest highest revision that a signup refers to
 */
public record SavedConfig(List<ActionOverride> overrides, Optional<Revision> last, long highest) {

  /** What a new journal says. */
  public static final SavedConfig NONE = new SavedConfig(List.of(), Optional.empty(), 0);

  /**
   * Reads it from a journal's file; there may be none yet. Blocks.
   *
   * @throws SQLException when the file can't be read
   */
  public static SavedConfig read(Path file) throws SQLException {
    if (!Files.exists(file)) {
      return NONE;
    }
    try (Connection connection = new Database(file).openForReading();
        Statement statement = connection.createStatement()) {
      return isThere(statement)
          ? new SavedConfig(overrides(statement), last(statement), highest(statement))
          : NONE;
    }
  }

  /** A first start may have ended before the tables were made. */
  private static boolean isThere(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'override'")) {
      return row.next();
    }
  }

  private static List<ActionOverride> overrides(Statement statement) throws SQLException {
    List<ActionOverride> overrides = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery("SELECT name, body, whole, at, token FROM override ORDER BY name")) {
      while (row.next()) {
        overrides.add(
            new ActionOverride(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getString(5)));
      }
    }
    return overrides;
  }

  private static Optional<Revision> last(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT rev, at, token, note, settings FROM config ORDER BY rev DESC LIMIT 1")) {
      return row.next()
          ? Optional.of(
              new Revision(
                  row.getLong(1),
                  Instant.ofEpochMilli(row.getLong(2)),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5)))
          : Optional.empty();
    }
  }

  private static long highest(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT config_rev FROM signup ORDER BY seq DESC LIMIT 1")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
