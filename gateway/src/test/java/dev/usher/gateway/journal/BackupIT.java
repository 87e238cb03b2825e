package dev.usher.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.gateway.fixture.BookCheck;
import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Signup;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a journal that is written, and their way back. */
class BackupIT {

  private static final Instant NOW = JournalContract.NOW;
  private static final CommitListener NOBODY =
      new CommitListener() {
        @Override
        public void committed(int changes, long nanos) {}

        @Override
        public void reopened() {}
      };

  @TempDir private Path folder;
  private final ManualLoop loop = new ManualLoop();
  private SqliteJournal journal;

  @BeforeEach
  void open() throws SQLException {
    journal = SqliteJournal.open(file(), 0, loop, NOBODY);
  }

  @AfterEach
  void close() throws Exception {
    journal.close();
  }

  @Test
  void backupHoldsEverythingCommittedBeforeAndItsBooksBalance() throws Exception {
    for (long seq = 1; seq <= 200; seq++) {
      await(accept(seq));
    }
    Future<Backup> backup = journal.backup("one.db");
    long seq = 200;
    while (!backup.isComplete()) {
      await(accept(++seq));
    }

    Path copy = backup.result().file();

    assertThat(copy).isEqualTo(backups().resolve("one.db"));
    assertThat(backup.result().bytes()).isEqualTo(Files.size(copy));
    assertThat(BookCheck.count(copy, "SELECT count(*) FROM signup")).isBetween(200L, seq);
    assertThat(BookCheck.count(copy, "SELECT n FROM total WHERE kind = 'ACCEPTED'"))
        .isEqualTo(BookCheck.count(copy, "SELECT count(*) FROM signup"));
    assertThat(BookCheck.count(copy, "PRAGMA user_version")).isEqualTo(1);
  }

  @Test
  void onlyThisUserMayReadIt() throws IOException {
    Backup backup = await(journal.backup("one.db"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.file())))
        .isEqualTo("rw-------");
  }

  @Test
  void backupThatCanNotBeMadeLeavesNothing() throws IOException {
    Files.writeString(backups(), "no folder");

    Future<Backup> backup = journal.backup("one.db");

    loop.until(backup::isComplete);
    assertThat(backup.failed()).isTrue();
    assertThat(backups()).hasContent("no folder");
  }

  @Test
  void whatADeadProcessLeftUnfinishedIsRemoved() throws IOException {
    Files.createDirectories(backups());
    Files.writeString(backups().resolve("one.db.part"), "half");
    Files.writeString(backups().resolve("one.db.part-journal"), "half");
    Files.writeString(backups().resolve("zero.db"), "whole");

    journal.sweepBackups();

    assertThat(names(backups())).containsExactly("zero.db");
  }

  @Test
  void restoredJournalGoesOnWhereTheBackupWas() throws Exception {
    await(accept(1));
    Backup backup = await(journal.backup("one.db"));
    await(accept(2));
    journal.close();

    Restore.Report report = Restore.of(backup.file(), file(), NOW);
    journal = SqliteJournal.open(file(), 0, loop, NOBODY);

    assertThat(report.signups()).isEqualTo(1);
    assertThat(report.newest()).contains(NOW);
    assertThat(journal.totals().accepted()).isEqualTo(1);
    await(accept(2));
    Path aside = report.aside().orElseThrow();
    assertThat(aside).hasFileName("journal.db.before-20260101T120000Z");
    assertThat(BookCheck.count(aside, "SELECT count(*) FROM signup")).isEqualTo(2);
    assertThat(names(folder)).noneMatch(name -> name.contains("restoring"));
  }

  @Test
  void restoreTakesTheLogAwayThatBelongsToTheOldJournal() throws Exception {
    await(accept(1));
    Backup backup = await(journal.backup("one.db"));
    await(accept(2));
    Path dead = folder.resolve("dead/journal.db");
    Files.createDirectories(dead.getParent());
    // As a kill leaves them: everything since the last checkpoint is in the log alone.
    Files.copy(file(), dead);
    Files.copy(sibling(file(), "-wal"), sibling(dead, "-wal"));

    Restore.Report report = Restore.of(backup.file(), dead, NOW);

    assertThat(BookCheck.count(dead, "SELECT count(*) FROM signup")).isEqualTo(1);
    assertThat(BookCheck.count(report.aside().orElseThrow(), "SELECT count(*) FROM signup"))
        .isEqualTo(2);
  }

  @Test
  void restoreIntoAnEmptyFolderNeedsNoOldJournal() throws Exception {
    await(accept(1));
    Backup backup = await(journal.backup("one.db"));
    Path elsewhere = Files.createDirectories(folder.resolve("new")).resolve("journal.db");

    assertThat(Restore.of(backup.file(), elsewhere, NOW).aside()).isEmpty();

    assertThat(BookCheck.count(elsewhere, "SELECT count(*) FROM signup")).isEqualTo(1);
  }

  @Test
  void damagedJournalIsKeptAsItIs() throws Exception {
    Backup backup = await(journal.backup("one.db"));
    Path broken = Files.createDirectories(folder.resolve("broken")).resolve("journal.db");
    Files.writeString(broken, "this is no database at all, not even nearly");
    Files.writeString(sibling(broken, "-wal"), "nor this a log");

    Path aside = Restore.of(backup.file(), broken, NOW).aside().orElseThrow();

    assertThat(aside).hasContent("this is no database at all, not even nearly");
    assertThat(sibling(broken, "-wal")).doesNotExist();
    assertThat(BookCheck.count(broken, "SELECT count(*) FROM signup")).isZero();
  }

  @Test
  void whatIsNoSoundBackupOfThisVersionIsRefusedAndNothingChanges() throws Exception {
    await(accept(1));
    Backup backup = await(journal.backup("one.db"));
    journal.close();
    Path text = Files.writeString(folder.resolve("text.db"), "no database");
    Path empty = Files.createFile(folder.resolve("empty.db"));
    Path newer = Files.copy(backup.file(), folder.resolve("newer.db"));
    execute(newer, "PRAGMA user_version = 99");
    Path damaged = Files.copy(backup.file(), folder.resolve("damaged.db"));
    damage(damaged);

    refuses(folder.resolve("missing.db"), "there is no file");
    refuses(text, "is no journal of Usher");
    refuses(empty, "it has no schema version");
    refuses(newer, "has schema version 99; this Usher knows versions up to 1: use a newer one");
    refuses(damaged, "damaged.db");

    assertThat(names(folder)).noneMatch(name -> name.contains("before"));
    journal = SqliteJournal.open(file(), 0, loop, NOBODY);
    assertThat(journal.totals().accepted()).isEqualTo(1);
  }

  @Test
  void numbersAreReadWithoutCounting() throws Exception {
    await(accept(1));
    await(accept(2));
    await(
        journal.write(JournalContract.end(1, 1, Outcome.SUCCEEDED, JournalContract.succeeded(1))));

    JournalStats stats = await(journal.stats());

    assertThat(stats.file()).isEqualTo(file());
    assertThat(stats.schema()).isEqualTo(1);
    assertThat(stats.bytes()).isPositive();
    assertThat(stats.logBytes()).isPositive();
    assertThat(stats.oldestOpen()).contains(new JournalStats.OldestOpen("signup_2", NOW));
  }

  @Test
  void nothingOpenIsNoOldest() throws Exception {
    assertThat(await(journal.stats()).oldestOpen()).isEmpty();
  }

  private void refuses(Path backup, String why) {
    assertThatThrownBy(() -> Restore.of(backup, file(), NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  private Future<?> accept(long seq) {
    Signup signup = new Signup(seq, "signup_" + seq, NOW, "{}".getBytes(StandardCharsets.UTF_8));
    return journal.write(new Change.Accept(signup, 1, List.of(JournalContract.started("mail"))));
  }

  private <T> T await(Future<T> future) {
    loop.until(future::isComplete);
    assertThat(future.succeeded()).as(String.valueOf(future.cause())).isTrue();
    return future.result();
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      Database.execute(connection, sql);
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 4_096; i < bytes.length; i++) {
      bytes[i] ^= 0x5a;
    }
    Files.write(file, bytes);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static Path sibling(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private Path file() {
    return folder.resolve("journal.db");
  }

  private Path backups() {
    return folder.resolve("backups");
  }
}
