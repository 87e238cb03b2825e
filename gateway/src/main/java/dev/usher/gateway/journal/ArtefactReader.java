package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Artefact;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the versions of hot-deployed handlers: few enough to be read at once. */
final class ArtefactReader {

  private static final String SELECT =
      """
      SELECT name, number, file, checksum, bytes, address, settings, isolated, at, token, state,
        share, why
      FROM artefact ORDER BY name, number
      """;

  private ArtefactReader() {}

  static List<Artefact> all(Connection connection) throws SQLException {
    List<Artefact> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT)) {
      while (row.next()) {
        all.add(version(row));
      }
    }
    return all;
  }

  private static Artefact version(ResultSet row) throws SQLException {
    return new Artefact(
        row.getString(1),
        row.getInt(2),
        new Artefact.Content(
            row.getString(3),
            row.getString(4),
            row.getLong(5),
            row.getString(6),
            settings(row.getString(7)),
            row.getBoolean(8)),
        new Artefact.Origin(Instant.ofEpochMilli(row.getLong(9)), row.getString(10)),
        state(row.getString(11)),
        row.getInt(12),
        row.getString(13));
  }

  private static Map<String, String> settings(String json) {
    Map<String, String> settings = new LinkedHashMap<>();
    new JsonObject(json).forEach(one -> settings.put(one.getKey(), String.valueOf(one.getValue())));
    return settings;
  }

  private static Artefact.State state(String word) throws SQLException {
    return Artefact.State.of(word)
        .orElseThrow(() -> new SQLException("artefact.state: \"" + word + "\" is none"));
  }
}
