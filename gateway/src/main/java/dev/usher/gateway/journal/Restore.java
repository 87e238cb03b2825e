package dev.usher.gateway.journal;

import dev.usher.cluster.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Puts a backup in the place of a journal that no gateway uses. The journal that was there is kept
 * beside it. Interrupted at any point, there is a journal under its name: the old one or the new.
 */
public final class Restore {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path backup;
  private final Path journal;
  private final Path aside;

  /**
   * What was done.
   *
   * @param journal the journal's file
   * @param aside where the one that was there before is now; empty where there was none
   * @param signups how many signups the restored one has ever accepted
   * @param newest when the last of them was accepted; empty where there is none
   */
  public record Report(
      Path journal, Optional<Path> aside, long signups, Optional<Instant> newest) {}

  private Restore(Path backup, Path journal, Instant now) {
    this.backup = backup;
    this.journal = journal;
    this.aside = sibling(journal, ".before-" + STAMP.format(now));
  }

  /**
   * Checks the backup, then exchanges the files. The caller sees to it that nobody uses them.
   *
   * @throws IOException when the backup is not there, no whole journal or one of a newer Usher, or
   *     a file can't be written; the journal is then the one it was
   */
  public static Report of(Path backup, Path journal, Instant now) throws IOException {
    return new Restore(backup, journal, now).carryOut();
  }

  private Report carryOut() throws IOException {
    if (!Files.isRegularFile(backup)) {
      throw new IOException("there is no file " + backup);
    }
    Path copy = sibling(journal, ".restoring");
    try {
      copyTo(copy);
      Report report = check(copy);
      Optional<Path> kept = keepOld();
      var unused = Files.move(copy, journal, StandardCopyOption.ATOMIC_MOVE);
      return new Report(journal, kept, report.signups(), report.newest());
    } finally {
      boolean unused = Files.deleteIfExists(copy);
    }
  }

  private void copyTo(Path copy) throws IOException {
    boolean unused = Files.deleteIfExists(copy);
    PrivateFiles.make(copy);
    try (FileChannel from = FileChannel.open(backup, StandardOpenOption.READ);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      long size = from.size();
      for (long done = 0; done < size; ) {
        done += from.transferTo(done, size - done, to);
      }
      to.force(true);
    }
  }

  private Report check(Path copy) throws IOException {
    Database database = new Database(copy);
    try (Connection connection = database.openForReading()) {
      database.checkVersion(connection, backup);
      String verdict = text(connection, "PRAGMA quick_check(1)");
      if (!verdict.equals("ok")) {
        throw new IOException(backup + " is damaged: " + verdict);
      }
      return new Report(
          journal,
          Optional.empty(),
          number(connection, "SELECT n FROM total WHERE action = 0 AND kind = 'ACCEPTED'")
              .orElse(0L),
          number(connection, "SELECT accepted_at FROM signup ORDER BY seq DESC LIMIT 1")
              .map(Instant::ofEpochMilli));
    } catch (SQLException e) {
      throw new IOException(backup + " is no journal of Usher: " + e.getMessage(), e);
    }
  }

  /** The log goes first: beside another file SQLite would take it for that one's. */
  private Optional<Path> keepOld() throws IOException {
    if (!Files.exists(journal)) {
      return Optional.empty();
    }
    moveLogIntoFile();
    link();
    for (String ending : new String[] {"-wal", "-shm"}) {
      Path left = sibling(journal, ending);
      if (Files.exists(left)) {
        var unused = Files.move(left, sibling(aside, ending));
      }
    }
    return Optional.of(aside);
  }

  /** A damaged journal can't be opened; its log is then kept beside it as it is. */
  private void moveLogIntoFile() {
    try (Connection connection = new Database(journal).openForCopying()) {
      Database.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException damaged) {
      // Kept as it is; the person restores because of that.
    }
  }

  private void link() throws IOException {
    try {
      var unused = Files.createLink(aside, journal);
    } catch (UnsupportedOperationException noLinksHere) {
      var unused = Files.copy(journal, aside, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static Path sibling(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getString(1);
    }
  }

  private static Optional<Long> number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }
}
