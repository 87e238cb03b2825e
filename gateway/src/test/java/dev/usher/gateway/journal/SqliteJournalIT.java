package dev.usher.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.gateway.fixture.BookCheck;
import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.SignupRecord;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalIT extends JournalContract {

  @TempDir Path folder;
  private final AtomicInteger reopened = new AtomicInteger();

  @Override
  Journal open() throws SQLException {
    return SqliteJournal.open(file(), 0, loop, new Counting());
  }

  @Test
  void littleRoomLeftIsToldBeforeThereIsNone() throws Exception {
    close(journal);
    journal = SqliteJournal.open(file(), Long.MAX_VALUE, loop, new Counting());

    assertThat(journal.space().isLow()).isTrue();
    assertThat(journal.space().freeBytes()).isPositive();
    assertThat(journal.space().fileBytes() + journal.space().logBytes()).isPositive();
  }

  @Override
  void close(Journal open) throws Exception {
    ((SqliteJournal) open).close();
  }

  @Test
  void deletedFileIsNoticedAndNothingMoreIsAccepted() throws Exception {
    accept(1, fresh("mail", true));
    Files.delete(file());

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!journal.pressure().isDown() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }

    assertThat(journal.pressure().health()).isEqualTo(Journal.Health.GONE);
    assertThat(journal.write(start(1, Lane.FRESH, 1)).cause())
        .isInstanceOf(JournalUnavailable.class);
  }

  @Test
  void historyKeepsEverySupersededAttemptAndTheLatestStandsWithTheDelivery() {
    accept(1, started("mail"));
    write(end(1, 1, Outcome.FAILED, again(NOW, 1)));
    write(start(1, Lane.TIMED, 2));
    write(end(1, 2, Outcome.TIMED_OUT, again(NOW, 2)));
    write(start(1, Lane.TIMED, 2));
    write(start(1, Lane.TIMED, 3));

    assertThat(texts("SELECT n || ' ' || outcome || ' ' || reason || ' ' || instance FROM attempt"))
        .containsExactly("1 2 no luck instance-1", "2 3 no luck instance-2");
  }

  @Test
  void refusedAttemptLeavesNoTraceAndDoesNotStartTheClock() {
    accept(1, started("mail"));
    write(end(1, 1, Outcome.REFUSED, again(NOW.plusSeconds(60), 0)));
    write(new Change.Start(1, "mail", Lane.TIMED, 1, NOW.plusSeconds(90), "instance-2"));

    assertThat(count("SELECT count(*) FROM attempt")).isZero();
    assertThat(await(journal.running(0, 1)).deliveries().get(0).since())
        .contains(NOW.plusSeconds(90));
  }

  @Test
  void answerOfTheHandlerIsKept() {
    accept(1, started("mail"));
    write(end(1, 1, Outcome.SUCCEEDED, succeeded(1)));

    assertThat(texts("SELECT body FROM result")).containsExactly("\"done\"");
  }

  @Test
  void personCanReadTheFileWithPlainSql() {
    accept(1, started("mail"), fresh("crm", false));
    write(end(1, 1, Outcome.TIMED_OUT, dead(1)));

    assertThat(
            texts(
                "SELECT delivery || '|' || required || '|' || state || '|' || coalesce(cause, '-')"
                    + " || '|' || coalesce(outcome, '-') FROM deliveries ORDER BY 1"))
        .containsExactly(
            "signup_1.crm|optional|pending|-|-",
            "signup_1.mail|required|dead|outcome-unknown|timed-out");
  }

  @Test
  void pagesAreReadFromTheirIndexWithoutSortingOrScanning() throws SQLException {
    assertThat(plan(Reader.FRESH))
        .anyMatch(
            step ->
                step.matches(
                    "SEARCH delivery USING INDEX waiting \\(action=\\? AND lane=\\? AND due=\\?"
                        + " AND seq>\\?\\)"));
    assertThat(plan(Reader.TIMED))
        .anyMatch(
            step ->
                step.matches("SEARCH delivery USING INDEX waiting \\(action=\\? AND lane=\\?\\)"));
    assertThat(plan(Reader.RUNNING))
        .anyMatch(
            step -> step.matches("SEARCH delivery USING (COVERING )?INDEX running \\(seq>\\?\\)"));
    assertThat(plan(Reader.BY_KEY))
        .anyMatch(step -> step.matches("SEARCH signup USING INDEX idem \\(idem=\\?\\)"));
    for (String query : List.of(Reader.BY_KEY, Reader.FRESH, Reader.TIMED, Reader.RUNNING)) {
      assertThat(plan(query))
          .noneMatch(step -> step.startsWith("SCAN"))
          .noneMatch(step -> step.contains("TEMP B-TREE"));
    }
  }

  @Test
  void refusesAFileOfANewerVersionAndSaysSo() throws Exception {
    close(journal);
    execute("PRAGMA user_version = 99");

    assertThatThrownBy(this::open)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("schema version 99")
        .hasMessageContaining("start a newer one");
    execute("PRAGMA user_version = 1");
    journal = open();
  }

  @Test
  void copiesTheFileBeforeItChangesItsSchema() throws Exception {
    accept(1, fresh("mail", true));
    close(journal);
    Database next = new Database(file(), "001-journal.sql", "002-test.sql");

    try (Connection connection = next.openForWriting()) {
      next.migrate(connection);
    }

    Path copy = folder.resolve("journal.db.v1.backup");
    assertThat(BookCheck.count(copy, "SELECT count(*) FROM signup")).isEqualTo(1);
    assertThat(BookCheck.count(copy, "PRAGMA user_version")).isEqualTo(1);
    assertThat(count("PRAGMA user_version")).isEqualTo(2);
    assertThat(count("SELECT count(*) FROM added_later")).isZero();
    execute("PRAGMA user_version = 1");
    journal = open();
  }

  @Test
  void commitThatFailsRefusesItsWholeGroupAndTheFileIsOpenedAnew() throws SQLException {
    accept(1, fresh("mail", true));
    execute(
        "CREATE TRIGGER broken BEFORE INSERT ON signup WHEN new.seq = 3"
            + " BEGIN SELECT json('disk on fire'); END");

    List<Future<Applied>> writes = new ArrayList<>();
    for (long seq = 2; seq <= 3; seq++) {
      writes.add(journal.write(new Change.Accept(signup(seq), 1, List.of(fresh("mail", true)))));
    }
    loop.until(() -> reopened.get() == 1);

    assertThat(writes.get(1).cause())
        .isInstanceOf(JournalUnavailable.class)
        .hasStackTraceContaining("malformed JSON");
    boolean isFirstDurable = writes.get(0).succeeded();
    assertThat(journal.totals().accepted()).isEqualTo(isFirstDurable ? 2 : 1);
    assertThat(count("SELECT count(*) FROM signup")).isEqualTo(isFirstDurable ? 2 : 1);
    assertThat(journal.pressure().isDown()).isFalse();
    accept(4, fresh("mail", true));
    assertThat(journal.pressure().bytes()).isZero();
  }

  @Test
  void firstWriteAfterTheFileIsBackIsNotRefused() throws SQLException {
    execute(
        "CREATE TRIGGER broken BEFORE INSERT ON signup WHEN new.seq % 2 = 0"
            + " BEGIN SELECT json('disk on fire'); END");

    for (int round = 1; round <= 50; round++) {
      int expected = round;
      Future<Applied> refused =
          journal.write(new Change.Accept(signup(round * 2L), 1, List.of(fresh("mail", true))));
      loop.until(refused::isComplete);
      loop.until(() -> reopened.get() == expected);
      accept(round * 2L + 1, fresh("mail", true));
    }

    assertThat(journal.totals().accepted()).isEqualTo(50);
  }

  @Test
  void numberOfASignupIsNeverUsedAgainAfterAFailedCommit() throws SQLException {
    accept(1, fresh("mail", true));
    execute(
        "CREATE TRIGGER broken BEFORE INSERT ON signup WHEN new.seq = 2"
            + " BEGIN SELECT json('disk on fire'); END");
    var unused = journal.write(new Change.Accept(signup(2), 1, List.of()));
    loop.until(() -> reopened.get() == 1);

    accept(3);

    assertThat(journal.lastSeq()).isEqualTo(3);
  }

  @Test
  void rowInAStateThatIsNoneIsShownAsCorrupt() throws SQLException {
    accept(1, fresh("mail", true));
    accept(2, fresh("mail", true));
    execute("UPDATE delivery SET state = 77 WHERE seq = 1");

    SignupRecord.Line broken = find("signup_1").orElseThrow().deliveries().get(0);

    assertThat(broken.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(broken.cause()).contains(Cause.CORRUPT);
    assertThat(find("signup_2")).isPresent();
  }

  @Test
  void pressureTellsTheBytesThatWaitAndGoesBackToNothing() throws SQLException {
    try (Connection blocker = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = blocker.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      var first = journal.write(new Change.Accept(signup(1), 1, List.of()));
      var second = journal.write(new Change.Accept(signup(2), 1, List.of()));
      waitForTheWriter();
      assertThat(journal.pressure().bytes()).isEqualTo(2L * signup(1).payload().length);
      statement.execute("ROLLBACK");
      assertThat(await(first).moved()).isTrue();
      assertThat(await(second).moved()).isTrue();
    }
    assertThat(journal.pressure().bytes()).isZero();
  }

  @Test
  void listenerThatFailsDoesNotMakeADurableCommitFail() throws Exception {
    close(journal);
    journal =
        SqliteJournal.open(
            file(),
            0,
            loop,
            new CommitListener() {
              @Override
              public void committed(int changes, long nanos) {
                throw new IllegalStateException("no metrics today");
              }

              @Override
              public void reopened() {}
            });

    accept(1, fresh("mail", true));
    accept(2, fresh("mail", true));
  }

  @Test
  void mistakeInOneAnswerKeepsNoOtherFromArriving() {
    var first =
        journal
            .write(new Change.Accept(signup(1), 1, List.of()))
            .onSuccess(
                applied -> {
                  throw new IllegalStateException("a listener's mistake");
                });
    var second = journal.write(new Change.Accept(signup(2), 1, List.of()));

    assertThat(await(second).moved()).isTrue();
    assertThat(first.succeeded()).isTrue();
  }

  @Test
  void closedJournalRefusesEverything() throws Exception {
    close(journal);

    assertThat(journal.write(new Change.Accept(signup(1), 1, List.of())).cause())
        .isInstanceOf(JournalUnavailable.class);
    assertThat(journal.find("signup_1").cause()).isInstanceOf(JournalUnavailable.class);
    assertThat(Files.exists(folder.resolve("journal.db"))).isTrue();
    journal = open();
  }

  /** The writer has taken the first change and is kept from committing it. */
  private void waitForTheWriter() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (journal.pressure().ageNanos() == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(journal.pressure().ageNanos()).isPositive();
  }

  private Path file() {
    return folder.resolve("journal.db");
  }

  private long count(String sql) {
    return BookCheck.count(file(), sql);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      Database.execute(connection, sql);
    }
  }

  private List<String> texts(String sql) {
    return column(sql, 1);
  }

  private List<String> plan(String query) {
    return column("EXPLAIN QUERY PLAN " + query.replaceFirst("LIMIT \\?", "LIMIT 10"), 4);
  }

  private List<String> column(String sql, int column) {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return values;
  }

  private final class Counting implements CommitListener {
    @Override
    public void committed(int changes, long nanos) {}

    @Override
    public void reopened() {
      reopened.incrementAndGet();
    }
  }
}
