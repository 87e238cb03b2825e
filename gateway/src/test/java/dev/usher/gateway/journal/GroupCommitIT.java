package dev.usher.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.fixture.BookCheck;
import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.fixture.ScriptedInvoker;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.AttemptPolicy;
import dev.usher.gateway.pipeline.Candidate;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.ChangeUnwritable;
import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.gateway.pipeline.Limits;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.SignupState;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a group that can't be written, or only seems so. */
class GroupCommitIT {

  @TempDir private Path folder;
  private final ManualLoop loop = new ManualLoop();
  private final AtomicInteger reopened = new AtomicInteger();

  @Test
  void commitThatFailedButHappenedIsAnsweredAsWhatItIs() throws Exception {
    GroupCommit commits = commits(failingOnce(true));

    List<Future<Applied>> writes = write(commits, 1, 2, 3);
    loop.until(() -> reopened.get() == 1);

    assertThat(writes.get(0).result().became()).contains(SignupState.OPEN);
    assertThat(writes.stream().filter(Future::succeeded).count())
        .isEqualTo(count("SELECT count(*) FROM signup"))
        .isEqualTo(commits.totals().accepted());
    commits.close();
  }

  @Test
  void commitThatFailedAndDidNotHappenIsRefused() throws Exception {
    GroupCommit commits = commits(failingOnce(false));

    List<Future<Applied>> writes = write(commits, 1, 2, 3);
    loop.until(() -> reopened.get() == 1);

    assertThat(writes.stream().filter(Future::succeeded).count())
        .isEqualTo(count("SELECT count(*) FROM signup"));
    assertThat(writes.get(0).cause()).isInstanceOf(JournalUnavailable.class);
    assertThat(commits.totals().accepted()).isEqualTo(count("SELECT count(*) FROM signup"));
    commits.close();
  }

  @Test
  void changeThatCanNotBeWrittenFailsAlone() throws Exception {
    GroupCommit commits = commits(Writer::new);
    execute(
        "CREATE TRIGGER poison BEFORE INSERT ON signup WHEN new.seq % 5 = 3"
            + " BEGIN SELECT raise(ABORT, 'poison'); END");

    List<Future<Applied>> writes = write(commits, LongStream.rangeClosed(1, 20).toArray());
    loop.until(() -> writes.stream().allMatch(Future::isComplete));

    for (int seq = 1; seq <= 20; seq++) {
      Future<Applied> write = writes.get(seq - 1);
      if (seq % 5 == 3) {
        assertThat(write.cause()).isInstanceOf(ChangeUnwritable.class);
      } else {
        assertThat(write.succeeded()).as("seq %s", seq).isTrue();
      }
    }
    assertThat(commits.totals().accepted()).isEqualTo(16);
    assertThat(commits.pressure().bytes()).isZero();
    assertThat(reopened).as("nobody else noticed").hasValue(0);
    commits.close();
    booksBalance(commits);
  }

  @Test
  void deliveryWhoseOutcomeCanNotBeWrittenDiesAndHoldsUpNoOther() throws Exception {
    SqliteJournal journal = SqliteJournal.open(file(), 0, loop, new Counting());
    execute(
        "CREATE TRIGGER poison BEFORE UPDATE ON delivery WHEN new.seq = 2 AND new.state = 2"
            + " BEGIN SELECT raise(ABORT, 'poison'); END");
    ScriptedInvoker invoker = new ScriptedInvoker();
    Pipeline pipeline = pipeline(journal, invoker);
    for (int i = 0; i < 4; i++) {
      await(pipeline.accept(new Candidate("{}".getBytes(StandardCharsets.UTF_8), key -> false)));
    }

    invoker.succeedAll();
    loop.until(() -> pipeline.totals().openDeliveries() == 0);

    assertThat(pipeline.totals().all().succeeded()).isEqualTo(3);
    assertThat(count("SELECT count(*) FROM delivery WHERE seq = 2 AND state = 3 AND cause = 4"))
        .isEqualTo(1);
    await(pipeline.drain(Duration.ofSeconds(1)));
    journal.close();
  }

  private Pipeline pipeline(SqliteJournal journal, ScriptedInvoker invoker) {
    AtomicInteger ids = new AtomicInteger();
    Pipeline pipeline =
        new Pipeline(
            loop,
            journal,
            invoker,
            new Limits(1 << 20, Duration.ofSeconds(5), 1_000, 8),
            () -> 0.5,
            () -> "signup_" + ids.incrementAndGet(),
            (action, outcome) -> {});
    Action mail = new Action("mail", true, "mail", "at.mail", Duration.ZERO, AttemptPolicy.DEFAULT);
    await(pipeline.start(new Actions(List.of(mail)), 1));
    invoker.slots("at.mail", 8);
    return pipeline;
  }

  private GroupCommit commits(GroupCommit.Opening opening) throws SQLException {
    GroupCommit commits = new GroupCommit(new Database(file()), loop, new Counting(), opening);
    commits.start();
    return commits;
  }

  private static List<Future<Applied>> write(GroupCommit commits, long... seqs) {
    List<Future<Applied>> writes = new ArrayList<>();
    for (long seq : seqs) {
      writes.add(
          commits.write(
              new Change.Accept(
                  JournalContract.signup(seq), 1, List.of(JournalContract.fresh("mail", true)))));
    }
    return writes;
  }

  private <T> void await(Future<T> future) {
    loop.until(future::isComplete);
    assertThat(future.succeeded()).isTrue();
  }

  private void booksBalance(GroupCommit commits) throws SQLException {
    try (BookCheck books = new BookCheck(file())) {
      books.check(commits.totals());
    }
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

  /** The first commit fails, and with it the connection. */
  private static GroupCommit.Opening failingOnce(boolean isDurable) {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    return connection ->
        isFirst.getAndSet(false) ? new Failing(connection, isDurable) : new Writer(connection);
  }

  private static final class Failing extends Writer {

    private final boolean isDurable;

    private Failing(Connection connection, boolean isDurable) throws SQLException {
      super(connection);
      this.isDurable = isDurable;
    }

    @Override
    void commit() throws SQLException {
      if (isDurable) {
        super.commit();
      }
      throw new SQLException("sync failed");
    }
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
