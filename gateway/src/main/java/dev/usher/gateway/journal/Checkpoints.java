package dev.usher.gateway.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the write-ahead log into the database file from a thread and connection of its own, so that
 * no commit waits for it. Under constant load such passes never reach the end of the log, though
 * each leaves less than the one before; the writer is asked to move the rest between two groups,
 * which takes it no longer than a commit. The log then begins anew in the file it has: to overwrite
 * that costs the system half of what it costs to let it grow.
 */
final class Checkpoints implements AutoCloseable {

  /** How long the log's file stays when it is empty: one that is written anew must not grow. */
  static final long FILE_BYTES = 64L << 20;

  /** What is in the log before it is worth moving: small enough that restarts read little. */
  private static final long KEEP_BYTES = 8L << 20;

  /** What is left for the writer: the time of one commit or two. */
  private static final long REST_BYTES = 512L << 10;

  /** Each pass moves what was written during the one before, so these are enough. */
  private static final int PASSES = 4;

  private static final long EVERY_MS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final Database database;
  private final DiskWatch disk;
  private final Runnable nearlyDone;
  private final Runnable whenGone;
  private final Object identity;
  private final Connection connection;
  private final long pageBytes;
  private volatile boolean isHeld;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Threads.daemon("journal-checkpoint"));

  /**
   * Watches the log from now on.
   *
   * @param nearlyDone has the writer move the rest, so that the log begins anew
   * @param whenGone called when the file was deleted or replaced
   */
  Checkpoints(Database database, DiskWatch disk, Runnable nearlyDone, Runnable whenGone)
      throws SQLException {
    this.database = database;
    this.disk = disk;
    this.nearlyDone = nearlyDone;
    this.whenGone = whenGone;
    this.identity = database.identity();
    this.connection = database.openForWriting();
    this.pageBytes = Database.number(connection, "PRAGMA page_size");
    var unused =
        thread.scheduleWithFixedDelay(this::check, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** While something reads for long, the log can't begin anew: it grows instead. */
  void hold(boolean is) {
    isHeld = is;
  }

  private void check() {
    disk.look();
    if (!identity.equals(database.identity())) {
      whenGone.run();
      return;
    }
    try {
      Log log = look();
      if (log.bytes() > KEEP_BYTES) {
        checkpoint(log);
      }
    } catch (SQLException e) {
      LOG.warn("checkpoint of {} failed, trying again: {}", database.file(), e.getMessage());
    }
  }

  private void checkpoint(Log log) throws SQLException {
    long left = log.left();
    for (int pass = 0; pass < PASSES && left > REST_BYTES; pass++) {
      var unused = run("PASSIVE");
      left = look().left();
    }
    if (!isHeld) {
      nearlyDone.run();
    }
  }

  private Log look() throws SQLException {
    return run("NOOP");
  }

  private Log run(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      long pages = Math.max(0, row.getLong(2));
      long moved = Math.max(0, row.getLong(3));
      return new Log(pages * pageBytes, (pages - moved) * pageBytes);
    }
  }

  /**
   * The write-ahead log.
   *
   * @param bytes what it holds
   * @param left the part of it that is not in the file yet
   */
  private record Log(long bytes, long left) {}

  @Override
  public void close() {
    var unused = thread.shutdownNow();
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("closing the checkpoint connection", e);
    }
  }
}
