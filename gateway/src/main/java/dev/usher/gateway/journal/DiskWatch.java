package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Journal;
import java.io.File;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows how much room the journal takes and has left, as of its last look. Thread-safe. */
final class DiskWatch {

  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

  private final File file;
  private final File folder;
  private final File log;
  private final long reserve;
  private volatile Journal.Space space;

  /** Looks once. */
  DiskWatch(Database database, long reserve) {
    this.file = database.file().toFile();
    this.folder = file.getAbsoluteFile().getParentFile();
    this.log = database.wal().toFile();
    this.reserve = reserve;
    this.space = measure();
  }

  Journal.Space space() {
    return space;
  }

  /** Looks again, and tells when the answer has changed sides. */
  void look() {
    boolean wasLow = space.isLow();
    space = measure();
    if (space.isLow() && !wasLow) {
      LOG.error(
          "{} bytes are free on the disk of {}, less than limits.disk ({}); refusing signups until"
              + " there are more: make room",
          space.freeBytes(),
          file,
          reserve);
    } else if (wasLow && !space.isLow()) {
      LOG.info("{} bytes are free on the disk of {} again", space.freeBytes(), file);
    }
  }

  private Journal.Space measure() {
    // Of the folder: a journal that somebody deleted is no sign of a full disk.
    long free = folder.getUsableSpace();
    return new Journal.Space(file.length(), log.length(), free, free < reserve);
  }
}
