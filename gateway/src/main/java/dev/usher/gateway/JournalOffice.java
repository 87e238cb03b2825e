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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
  private final Function<Path, Future<HandlerFiles>> files;
  private final Map<String, Future<Whole>> backups =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Future<Whole>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** A backup, and what belongs to it. */
  private record Whole(Backup journal, HandlerFiles files) {}

  /**
   * Has made no backup yet.
   *
   * @param files brings the files of hot-deployed handlers to a backup that is there
   */
  JournalOffice(SqliteJournal journal, Clock clock, Function<Path, Future<HandlerFiles>> files) {
    this.journal = journal;
    this.clock = clock;
    this.files = files;
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
              remember(name, whole(name).onComplete(end -> log(name, end)));
              return name;
            });
  }

  @Override
  public Optional<JsonNode> backup(String name) {
    synchronized (backups) {
      return Optional.ofNullable(backups.get(name)).map(backup -> json(name, backup));
    }
  }

  private Future<Whole> whole(String name) {
    return journal
        .backup(name)
        .compose(backup -> files.apply(backup.file()).map(found -> new Whole(backup, found)));
  }

  private void remember(String name, Future<Whole> backup) {
    synchronized (backups) {
      backups.put(name, backup);
    }
  }

  private static void log(String name, io.vertx.core.AsyncResult<Whole> end) {
    if (end.succeeded()) {
      Backup journal = end.result().journal();
      LOG.info("backup {}: {} bytes", journal.file(), journal.bytes());
      end.result()
          .files()
          .missing()
          .forEach(
              version ->
                  LOG.error("the backup {} lacks the file of {}: it is missing", name, version));
    } else {
      LOG.error("the backup {} could not be made: {}", name, end.cause().getMessage());
    }
  }

  private static ObjectNode json(String name, Future<Whole> backup) {
    ObjectNode json = JSON.createObjectNode().put("name", name);
    if (!backup.isComplete()) {
      return json.put("state", "running");
    }
    if (backup.failed()) {
      return json.put("state", "failed").put("reason", String.valueOf(backup.cause().getMessage()));
    }
    Backup journal = backup.result().journal();
    json.put("state", "done").put("file", text(journal.file())).put("bytes", journal.bytes());
    HandlerFiles files = backup.result().files();
    if (files.versions() > 0) {
      json.put("artefacts", text(files.folder()));
      files.missing().forEach(json.putArray("missing")::add);
    }
    return json;
  }

  private static String text(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  private JsonNode json(JournalStats stats) {
    ObjectNode json = JSON.createObjectNode();
    json.put("file", text(stats.file()))
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
