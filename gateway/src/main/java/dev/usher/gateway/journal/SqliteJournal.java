package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.AuditEntry;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Erasable;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.KeyedSignup;
import dev.usher.gateway.pipeline.Lacking;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Loop;
import dev.usher.gateway.pipeline.Page;
import dev.usher.gateway.pipeline.SignupFilter;
import dev.usher.gateway.pipeline.SignupHistory;
import dev.usher.gateway.pipeline.SignupPage;
import dev.usher.gateway.pipeline.SignupRecord;
import dev.usher.gateway.pipeline.Totals;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * The journal in one SQLite file, for one gateway. Durable means synced: {@code synchronous=FULL}
 * in WAL mode syncs the log at each commit.
 */
public final class SqliteJournal implements Journal {

  private final Database database;
  private final Loop loop;
  private final Object copying = new Object();
  private final GroupCommit commits;
  private final Checkpoints checkpoints;
  private final Scrub scrub;

  /** For the pipeline. */
  private final Reads reads;

  /** For people, whose questions may take longer than a delivery should wait. */
  private final Reads lookups;

  private final DiskWatch disk;

  private final ExecutorService copies =
      Executors.newSingleThreadExecutor(Threads.daemon("journal-backup"));

  private SqliteJournal(Database database, long reserve, Loop loop, CommitListener listener)
      throws SQLException {
    this.database = database;
    this.loop = loop;
    commits = new GroupCommit(database, loop, listener, Writer::new);
    scrub = new Scrub(database, commits, copying);
    reads = new Reads("journal-reader", database, loop);
    lookups = new Reads("journal-lookup", database, loop);
    disk = new DiskWatch(database, reserve);
    checkpoints = new Checkpoints(database, disk, commits::requestLogRestart, commits::fileIsGone);
    commits.start();
    scrub.finish();
  }

  /**
   * Loads SQLite itself, as the first open would; while something else is waited for, a tenth of a
   * second saved. Whether it can be used, an open says.
   */
  public static void load() {
    Database.load();
  }

  /**
   * Opens the file, making or migrating it where needed. Blocks.
   *
   * @param reserve free bytes of the disk that are kept for what was accepted already
   * @throws SQLException when it can't be used, for example because a newer Usher wrote it
   */
  public static SqliteJournal open(Path file, long reserve, Loop loop, CommitListener listener)
      throws SQLException {
    return new SqliteJournal(new Database(file), reserve, loop, listener);
  }

  @Override
  public Future<Applied> write(Change change) {
    return commits.write(change);
  }

  @Override
  public void onApplied(BiConsumer<Change, Applied> told) {
    commits.onApplied(told);
  }

  @Override
  public Future<Optional<SignupRecord>> find(String id) {
    return reads.ask(source -> source.find(id));
  }

  @Override
  public Future<Optional<KeyedSignup>> findByKey(byte[] key) {
    return reads.ask(source -> source.findByKey(key));
  }

  @Override
  public Future<Page> fresh(String action, long afterSeq, Page.Limit limit) {
    return reads.ask(source -> source.fresh(action, afterSeq, limit));
  }

  @Override
  public Future<Page> timed(String action, Lane lane, Page.Limit limit) {
    return reads.ask(source -> source.timed(action, lane, limit));
  }

  @Override
  public Future<Page> running(long afterSeq, int limit) {
    return reads.ask(source -> source.running(afterSeq, limit));
  }

  @Override
  public Future<List<DeadLetter>> dead(
      DeadLetter.Filter filter, DeadLetter.Position after, int limit) {
    return lookups.ask(source -> source.dead(filter, after, limit));
  }

  @Override
  public Future<List<DeadLetter.Group>> deadGroups(DeadLetter.Filter filter) {
    return lookups.ask(source -> source.deadGroups(filter));
  }

  @Override
  public Future<SignupPage> signups(SignupFilter filter, long before, int limit) {
    return lookups.ask(source -> source.signups(filter, before, limit));
  }

  @Override
  public Future<Optional<SignupHistory>> history(String id) {
    return lookups.ask(source -> source.history(id));
  }

  @Override
  public Future<List<Erasable>> ofPerson(byte[] person, long afterSeq, int limit) {
    return lookups.ask(source -> source.ofPerson(person, afterSeq, limit));
  }

  @Override
  public Future<Void> scrub() {
    Promise<Void> done = Promise.promise();
    var unused = scrub.run().onComplete(ended -> loop.run(() -> done.handle(ended)));
    return done.future();
  }

  @Override
  public Future<Optional<Instant>> oldestDue(String action, Instant now) {
    return lookups.ask(source -> source.oldestDue(action, now));
  }

  @Override
  public Future<Lacking.Page> lacking(Lacking lacking, long afterSeq, int limit) {
    return lookups.ask(source -> source.lacking(lacking, afterSeq, limit));
  }

  @Override
  public Future<List<AuditEntry>> audit(AuditEntry.Filter filter, long before, int limit) {
    return lookups.ask(source -> source.audit(filter, before, limit));
  }

  @Override
  public Totals totals() {
    return commits.totals();
  }

  @Override
  public Pressure pressure() {
    return commits.pressure();
  }

  @Override
  public Space space() {
    return disk.space();
  }

  @Override
  public long lastSeq() {
    return commits.lastSeq();
  }

  /**
   * Makes a whole copy of the journal while it is written. One at a time; the others wait. Fails
   * where it can't be made, and then leaves nothing.
   *
   * @param name name of the copy, in the folder "backups" beside the journal's file; the folder is
   *     made where it is missing
   */
  public Future<Backup> backup(String name) {
    Promise<Backup> made = Promise.promise();
    copies.execute(
        () -> {
          checkpoints.hold(true);
          try {
            Backup backup;
            // What is erased meanwhile is taken out of the copy once it is whole.
            synchronized (copying) {
              backup = new Backups(database, database.backups()).make(name);
            }
            loop.run(() -> made.complete(backup));
          } catch (IOException | SQLException | RuntimeException e) {
            loop.run(() -> made.fail(e));
          } finally {
            checkpoints.hold(false);
          }
        });
    return made.future();
  }

  /** Removes what a backup left unfinished when its process died. Blocks. */
  public void sweepBackups() throws IOException {
    new Backups(database, database.backups()).sweep();
  }

  /** Every version of every hot-deployed handler, by name, the oldest first. */
  public Future<List<Artefact>> artefacts() {
    return lookups.ask(Reader::artefacts);
  }

  /** The file in numbers. */
  public Future<JournalStats> stats() {
    return lookups.ask(source -> source.stats(database));
  }

  /** Commits what is queued and closes the file. Blocks. */
  public void close() throws SQLException, InterruptedException {
    copies.shutdown();
    checkpoints.close();
    commits.close();
    reads.close();
    lookups.close();
    scrub.close();
  }
}
