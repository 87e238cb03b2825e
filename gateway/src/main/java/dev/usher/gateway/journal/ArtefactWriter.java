package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.Change;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.TreeMap;

/** Versions of hot-deployed handlers, in the transaction under way. Lives on the writer thread. */
final class ArtefactWriter {

  private static final String PUT =
      """
      INSERT OR REPLACE INTO artefact
        (name, number, file, checksum, bytes, address, settings, isolated, at, token, state, share,
         why)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String FORGET = "DELETE FROM artefact WHERE name = ? AND number = ?";

  private final AuditWriter audits;
  private final PreparedStatement put;
  private final PreparedStatement forget;

  ArtefactWriter(Connection connection, AuditWriter audits) throws SQLException {
    this.audits = audits;
    put = connection.prepareStatement(PUT);
    forget = connection.prepareStatement(FORGET);
  }

  Applied apply(Change.Deploy change) throws SQLException {
    for (Artefact version : change.now()) {
      put(version);
    }
    for (Artefact version : change.forgotten()) {
      forget.setString(1, version.name());
      forget.setInt(2, version.number());
      forget.executeUpdate();
    }
    if (change.audit().isPresent()) {
      var unused = audits.keep(change.audit().get());
    }
    return Applied.MOVED;
  }

  private void put(Artefact version) throws SQLException {
    Artefact.Content content = version.content();
    put.setString(1, version.name());
    put.setInt(2, version.number());
    put.setString(3, content.file());
    put.setString(4, content.checksum());
    put.setLong(5, content.bytes());
    put.setString(6, content.address());
    put.setString(7, settings(content));
    put.setBoolean(8, content.isIsolated());
    put.setLong(9, version.origin().at().toEpochMilli());
    put.setString(10, version.origin().token());
    put.setString(11, version.state().word());
    put.setInt(12, version.share());
    put.setString(13, version.why());
    put.executeUpdate();
  }

  private static String settings(Artefact.Content content) {
    JsonObject json = new JsonObject();
    new TreeMap<>(content.settings()).forEach(json::put);
    return json.encode();
  }
}
