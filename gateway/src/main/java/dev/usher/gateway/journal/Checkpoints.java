package dev.usher.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the write-ahead log into the database file from a thread and connection of its own, so that
 * no commit waits for it. Passive checkpoints can fall behind for ever under constant load; past
 * the ceiling the writer is asked to empty the log itself, which stalls it for the little that is
 * left.
 */
final class Checkpoints implements AutoCloseable {

  /** Log size from which it is worth moving: small enough that restarts read little. */
  static final long KEEP_BYTES = 8L << 20;

  /** Log size at which the writer steps in. */
  private static final long CEILING_BYTES = 64L << 20;

  private static final long EVERY_MS = 250;
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final Database database;
  private final DiskWatch disk;
  private final Runnable atCeiling;
  private final Runnable whenGone;
  private final Object identity;
  private final Connection connection;
  private volatile boolean isHeld;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Threads.daemon("journal-checkpoint"));

  Checkpoints(Database database, DiskWatch disk, Runnable atCeiling, Runnable whenGone)
      throws SQLException {
    this.database = database;
    this.disk = disk;
    this.atCeiling = atCeiling;
    this.whenGone = whenGone;
    this.identity = database.identity();
    this.connection = database.openForWriting();
    var unused =
        thread.scheduleWithFixedDelay(this::check, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * While something reads for long, emptying the log would make commits wait for it: the log grows
   * instead.
   */
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
      long size = Files.exists(database.wal()) ? Files.size(database.wal()) : 0;
      if (size > KEEP_BYTES) {
        Database.execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
      }
      if (size > CEILING_BYTES && !isHeld) {
        atCeiling.run();
      }
    } catch (IOException | SQLException e) {
      LOG.warn("checkpoint of {} failed, trying again: {}", database.file(), e.getMessage());
    }
  }

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
