package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Artefact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Which versions of hot-deployed handlers a journal's file names, whether a gateway runs or not.
 */
public final class SavedArtefacts {

  private SavedArtefacts() {}

  /**
   * Reads them; none where there is no file yet. Blocks.
   *
   * @throws SQLException when the file can't be read
   */
  public static List<Artefact> read(Path file) throws SQLException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Connection connection = new Database(file).openForReading()) {
      return isThere(connection) ? ArtefactReader.all(connection) : List.of();
    }
  }

  /** A first start may have ended before the tables were made. */
  private static boolean isThere(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'artefact'")) {
      return row.next();
    }
  }
}
