package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.BenchFailed;
import dev.usher.benchmark.process.Gateway;
import dev.usher.benchmark.process.Ground;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A journal with many signups that were accepted and completed in the last weeks, written by SQL:
 * the tables, indexes and books are as a gateway would have left them, in minutes instead of hours.
 * A gateway makes the file and its schema, so that both are those of this build.
 */
final class SettledJournal {

  private static final Duration PAST = Duration.ofDays(60);

  /** Rows of one statement, so that the log of what to take back stays small. */
  private static final long BATCH = 250_000;

  /**
   * Ids sort by time as real ones do, and all before those: hexadecimal digits are base32 digits.
   */
  private static final String SIGNUPS =
      """
      WITH RECURSIVE row(n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM row WHERE n < ?2)
      INSERT INTO signup (seq, id, accepted_at, config_rev, person, payload)
      SELECT n, 'signup_01' || printf('%08x', n) || lower(hex(randomblob(8))), ?3 + n * ?4 / ?5,
        (SELECT max(rev) FROM config), randomblob(16),
        CAST('{"username":"Ada Lovelace","email":"past.' || n || '@example.com","subscribe":true,'
          || '"company":"Analytical Engines Ltd","country":"GB","locale":"en-GB",'
          || '"source":"landing-page-b","campaign":"spring-2026",'
          || '"referrer":"https://example.org/engines/difference",'
          || '"consent":{"terms":true,"version":7},"note":"met at the exhibition"}' AS BLOB)
      FROM row
      """;

  private static final String DELIVERIES =
      """
      INSERT INTO delivery
        (seq, action, required, state, lane, due, attempts, since, started, took, instance, outcome, rev)
      SELECT seq, 1, 1, 2, 1, accepted_at + 1, 1, accepted_at, accepted_at, 900, 'h3k9w2', 0, 1
      FROM signup WHERE seq BETWEEN ?1 AND ?2
      """;

  private static final String TOTAL =
      """
      INSERT INTO total (action, kind, n) VALUES
        (0, 'SEQ', ?1), (0, 'ACCEPTED', ?1), (0, 'COMPLETED', ?1), (1, 'SUCCEEDED', ?1)
      """;

  private final JournalFile journal;
  private final long signups;

  private SettledJournal(JournalFile journal, long signups) {
    this.journal = journal;
    this.signups = signups;
  }

  /** Makes one on a new ground with these actions, the first of which is the one delivered. */
  static Ground make(Bench bench, String folder, String actions, long signups) {
    Ground ground = Ground.fresh(bench.work(folder), actions);
    Gateway gateway = bench.gateway(ground);
    bench.processes().stop(gateway.process());
    if (signups > 0) {
      try (JournalFile journal = new JournalFile(ground)) {
        new SettledJournal(journal, signups).write();
      }
      sync(ground.journal());
    }
    return ground;
  }

  /** Else gigabytes would still be on their way to the disk when signups are synced. */
  private static void sync(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      throw new BenchFailed("can't sync " + file, e);
    }
  }

  /** Nothing is lost by a crash here: it would only be made again. */
  private void write() {
    journal.execute(
        "PRAGMA locking_mode=EXCLUSIVE", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-262144");
    journal.execute("INSERT OR IGNORE INTO action (no, name) VALUES (1, 'first')");
    long begin = System.currentTimeMillis() - PAST.toMillis();
    for (long first = 1; first <= signups; first += BATCH) {
      long last = Math.min(signups, first + BATCH - 1);
      journal.execute("BEGIN");
      journal.update(SIGNUPS, first, last, begin, PAST.toMillis(), signups);
      journal.update(DELIVERIES, first, last);
      journal.execute("COMMIT");
    }
    journal.update(TOTAL, signups);
    journal.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }
}
