package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Revision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Configurations and overrides, in the transaction under way. Lives on the writer thread. */
final class ConfigWriter {

  private static final String INSERT_REVISION =
      "INSERT OR REPLACE INTO config (rev, at, token, note, settings) VALUES (?, ?, ?, ?, ?)";
  private static final String PUT =
      "INSERT OR REPLACE INTO override (name, body, whole, at, token) VALUES (?, ?, ?, ?, ?)";
  private static final String REMOVE = "DELETE FROM override WHERE name = ?";

  private final AuditWriter audit;
  private final PreparedStatement insertRevision;
  private final PreparedStatement put;
  private final PreparedStatement remove;

  ConfigWriter(Connection connection, AuditWriter audit) throws SQLException {
    this.audit = audit;
    insertRevision = connection.prepareStatement(INSERT_REVISION);
    put = connection.prepareStatement(PUT);
    remove = connection.prepareStatement(REMOVE);
  }

  Applied apply(Change.Configure change) throws SQLException {
    keep(change.revision());
    if (change.edit().isPresent()) {
      Change.Edit edit = change.edit().get();
      edit(edit);
      Revision revision = change.revision();
      var unused =
          audit.keep(new Change.Audit(revision.at(), revision.token(), edit.verb(), edit.detail()));
    }
    return Applied.MOVED;
  }

  private void keep(Revision revision) throws SQLException {
    insertRevision.setLong(1, revision.number());
    insertRevision.setLong(2, revision.at().toEpochMilli());
    insertRevision.setString(3, revision.token());
    insertRevision.setString(4, revision.note());
    insertRevision.setString(5, revision.settings());
    insertRevision.executeUpdate();
  }

  private void edit(Change.Edit edit) throws SQLException {
    if (edit.now().isEmpty()) {
      remove.setString(1, edit.action());
      remove.executeUpdate();
      return;
    }
    ActionOverride now = edit.now().get();
    put.setString(1, now.name());
    put.setString(2, now.body());
    put.setBoolean(3, now.isWhole());
    put.setLong(4, now.at().toEpochMilli());
    put.setString(5, now.token());
    put.executeUpdate();
  }
}
