package dev.usher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.http.JournalDesk;
import dev.usher.gateway.journal.Backup;
import dev.usher.gateway.journal.JournalStats;
import dev.usher.gateway.journal.SqliteJournal;
import dev.usher.gateway.pipeline.Change;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what operators ask of the journal's file. Backups go to {@code backups/} beside it. */
final class JournalOffice implements JournalDesk {

  private static final Logger LOG = LoggerFactory.getLogger(JournalOffice.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("'journal-'yyyyMMdd'T'HHmmss.SSS'Z.db'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Backups of which the outcome is remembered. */
  private static final int REMEMBERED = 20;

  private final SqliteJournal journal;
  private final Clock clock;
  private final Map<String, Future<Backup>> backups =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Future<Backup>> eldest) {
          return size() > REMEMBERED;
        }
      };

  JournalOffice(SqliteJournal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Removes what a backup left unfinished when its process died. Blocks. */
  JournalOffice swept() throws IOException {
    journal.sweepBackups();
    return this;
  }

  @Override
  public Future<JsonNode> stats() {
    return journal.stats().map(this::json);
  }

  @Override
  public Future<String> begin(String token) {
    Instant now = clock.instant();
    String name = STAMP.format(now);
    return journal
        .write(new Change.Audit(now, token, "backup", name))
        .map(
            audited -> {
              remember(name, journal.backup(name).onComplete(end -> log(name, end)));
              return name;
            });
  }

  @Override
  public Optional<JsonNode> backup(String name) {
    synchronized (backups) {
      return Optional.ofNullable(backups.get(name)).map(backup -> json(name, backup));
    }
  }

  private void remember(String name, Future<Backup> backup) {
    synchronized (backups) {
      backups.put(name, backup);
    }
  }

  private static void log(String name, io.vertx.core.AsyncResult<Backup> end) {
    if (end.succeeded()) {
      LOG.info("backup {}: {} bytes", end.result().file(), end.result().bytes());
    } else {
      LOG.error("the backup {} could not be made: {}", name, end.cause().getMessage());
    }
  }

  private static ObjectNode json(String name, Future<Backup> backup) {
    ObjectNode json = JSON.createObjectNode().put("name", name);
    if (!backup.isComplete()) {
      return json.put("state", "running");
    }
    if (backup.failed()) {
      return json.put("state", "failed").put("reason", String.valueOf(backup.cause().getMessage()));
    }
    return json.put("state", "done")
        .put("file", backup.result().file().toAbsolutePath().normalize().toString())
        .put("bytes", backup.result().bytes());
  }

  private JsonNode json(JournalStats stats) {
    ObjectNode json = JSON.createObjectNode();
    json.put("file", stats.file().toAbsolutePath().normalize().toString())
        .put("bytes", stats.bytes())
        .put("logBytes", stats.logBytes())
        .put("freeBytes", stats.freeBytes())
        .put("schema", stats.schema())
        .put("signups", journal.totals().accepted())
        .put("deliveries", journal.totals().all().planned())
        .put("openDeliveries", journal.totals().openDeliveries())
        .put("supersededAttempts", stats.attempts())
        .put("audits", stats.audits());
    stats
        .oldestOpen()
        .ifPresent(
            oldest ->
                json.putObject("oldestOpen")
                    .put("id", oldest.id())
                    .put("acceptedAt", oldest.acceptedAt().toString()));
    return json;
  }
}
