package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.AuditEntry;
import dev.usher.gateway.pipeline.Lacking;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what lies behind: signups that lack an action, and the audit. On the reader thread. */
final class PastReader {

  /** Rows looked at for one page, so that no query keeps the others waiting. */
  private static final int SCAN = 2_000;

  private static final String END_OF_SCAN =
      "SELECT max(seq), count(*) FROM (SELECT seq FROM signup WHERE seq > ? ORDER BY seq LIMIT ?)";

  /** Through json_each any text may be a key; a payload that is no JSON has none. */
  private static final String LACKING =
      """
      SELECT seq, accepted_at FROM signup
      WHERE seq > ?1 AND seq <= ?2 AND accepted_at >= ?3 AND accepted_at < ?4
        AND payload IS NOT NULL
        AND NOT EXISTS (
          SELECT 1 FROM delivery
          WHERE delivery.seq = signup.seq
            AND delivery.action = (SELECT no FROM action WHERE name = ?5))
        AND (?6 IS NULL OR EXISTS (
          SELECT 1 FROM json_each(
            CASE WHEN json_valid(CAST(payload AS TEXT)) THEN CAST(payload AS TEXT) ELSE '{}' END)
          WHERE key = ?6 AND type <> 'null'))
      ORDER BY seq LIMIT ?7
      """;

  private static final String AUDIT =
      """
      SELECT no, at, token, verb, detail FROM audit
      WHERE no < ?1 AND (?2 IS NULL OR token = ?2) AND (?3 IS NULL OR verb = ?3) AND at >= ?4
        AND (?5 IS NULL OR instr(detail, ?5) > 0)
      ORDER BY no DESC LIMIT ?6
      """;

  private final PreparedStatement endOfScan;
  private final PreparedStatement lacking;
  private final PreparedStatement audit;

  PastReader(Connection connection) throws SQLException {
    endOfScan = connection.prepareStatement(END_OF_SCAN);
    lacking = connection.prepareStatement(LACKING);
    audit = connection.prepareStatement(AUDIT);
  }

  Lacking.Page lacking(Lacking which, long afterSeq, int limit) throws SQLException {
    endOfScan.setLong(1, afterSeq);
    endOfScan.setInt(2, SCAN);
    long end;
    boolean isLast;
    try (ResultSet row = endOfScan.executeQuery()) {
      end = Math.max(afterSeq, row.getLong(1));
      isLast = row.getInt(2) < SCAN;
    }
    List<Lacking.One> found = lacking(which, afterSeq, end, limit);
    boolean isFull = found.size() == limit;
    long scannedTo = isFull ? found.get(limit - 1).seq() : end;
    return new Lacking.Page(found, scannedTo, isLast && !(isFull && scannedTo < end));
  }

  private List<Lacking.One> lacking(Lacking which, long afterSeq, long end, int limit)
      throws SQLException {
    lacking.setLong(1, afterSeq);
    lacking.setLong(2, end);
    lacking.setLong(3, which.since().toEpochMilli());
    lacking.setLong(4, which.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
    lacking.setString(5, which.action());
    lacking.setString(6, which.key().orElse(null));
    lacking.setInt(7, limit);
    List<Lacking.One> found = new ArrayList<>();
    try (ResultSet row = lacking.executeQuery()) {
      while (row.next()) {
        found.add(new Lacking.One(row.getLong(1), Instant.ofEpochMilli(row.getLong(2))));
      }
    }
    return found;
  }

  List<AuditEntry> audit(AuditEntry.Filter filter, long before, int limit) throws SQLException {
    audit.setLong(1, before);
    audit.setString(2, filter.token().orElse(null));
    audit.setString(3, filter.verb().orElse(null));
    audit.setLong(4, filter.since().map(Instant::toEpochMilli).orElse(0L));
    audit.setString(5, filter.about().orElse(null));
    audit.setInt(6, limit);
    List<AuditEntry> entries = new ArrayList<>();
    try (ResultSet row = audit.executeQuery()) {
      while (row.next()) {
        entries.add(
            new AuditEntry(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5)));
      }
    }
    return entries;
  }
}
