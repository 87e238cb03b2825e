package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of the real file that somebody, or a disk, has broken. */
class CorruptTest {

  private static final Action MAIL = Rig.action("mail");

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void build() {
    rig = new Rig(folder, 2).start(MAIL, Rig.after(MAIL, "tips", Duration.ZERO));
    rig.invoker.slots("at.tips", 8);
  }

  @AfterEach
  void close() {
    rig.journal.crash();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE signup SET payload = NULL WHERE seq = 2",
        "UPDATE signup SET payload = x'7b22' WHERE seq = 2",
        "UPDATE signup SET payload = x'5b5d' WHERE seq = 2",
        "UPDATE signup SET accepted_at = 'then' WHERE seq = 2",
        "UPDATE delivery SET attempts = 'many' WHERE seq = 2 AND action = 1",
        "UPDATE delivery SET since = 'long ago' WHERE seq = 2 AND action = 1",
      })
  void brokenRowBecomesADeadLetterAndTheRestGoesOn(String damage) {
    waiting(6);
    breakRow(damage);
    serve();

    assertThat(rig.sentSeqs("mail")).containsExactly(1L, 3L, 4L, 5L, 6L);
    assertThat(letters()).extracting(DeadLetter::seq).containsExactly(2L);
    assertThat(letters().get(0).cause()).isEqualTo(Cause.CORRUPT);
    assertThat(letters().get(0).reason()).isNotEmpty();
    booksBalance();
  }

  @Test
  void manyBrokenRowsInARowBlockNothingBehindThem() {
    waiting(20);
    breakRow("UPDATE signup SET payload = x'00' WHERE seq BETWEEN 2 AND 19");
    serve();

    assertThat(rig.sentSeqs("mail")).containsExactly(1L, 20L);
    assertThat(rig.pipeline.totals().of("mail").dead()).isEqualTo(18);
    booksBalance();
  }

  @Test
  void rowWhoseSignupIsGoneDiesToo() {
    waiting(3);
    breakRow("DELETE FROM signup WHERE seq = 2");
    serve();

    assertThat(rig.sentSeqs("mail")).containsExactly(1L, 3L);
    assertThat(rig.pipeline.totals().of("mail").dead()).isEqualTo(1);
  }

  @Test
  void brokenRetryIsFoundWhenItsWindowIsRead() {
    rig.invoker.slots("at.mail", 8);
    accepted(6);
    rig.invoker
        .inFlight()
        .forEach(attempt -> rig.invoker.answer(attempt, new Ending(Outcome.FAILED, "")));
    rig.settle();
    breakRow("UPDATE signup SET payload = NULL WHERE seq IN (1, 3, 4, 5)");
    restart();
    rig.advance(Duration.ofMinutes(1));

    assertThat(rig.sentSeqs("mail")).containsExactlyInAnyOrder(2L, 6L);
    assertThat(rig.pipeline.totals().of("mail").dead()).isEqualTo(4);
    booksBalance();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE signup SET payload = NULL WHERE seq = 2",
        "UPDATE delivery SET lane = 77 WHERE seq = 2"
      })
  void brokenRowWithARecordedStartDoesNotKeepTheGatewayFromStarting(String damage) {
    rig.invoker.slots("at.mail", 8);
    accepted(3);
    breakRow(damage);
    restart();
    rig.advance(Duration.ofMinutes(1));

    assertThat(rig.sentSeqs("mail")).containsExactlyInAnyOrder(1L, 3L);
    assertThat(rig.pipeline.totals().of("mail").dead()).isEqualTo(1);
    booksBalance();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE delivery SET state = 77 WHERE seq = 2",
        "UPDATE delivery SET lane = 77 WHERE seq = 2",
        "UPDATE delivery SET lane = -1 WHERE seq = 2",
        "UPDATE delivery SET state = 'x', lane = 'y' WHERE seq = 2"
      })
  void rowInNoStateOrLaneIsFoundAtTheStart(String damage) {
    waiting(5);
    breakRow(damage);
    serve();

    assertThat(rig.sentSeqs("mail")).containsExactly(1L, 3L, 4L, 5L);
    assertThat(letters()).extracting(DeadLetter::cause).containsExactly(Cause.CORRUPT);
    assertThat(rig.receipt("signup_2").state()).isEqualTo(SignupState.FAILED);
    booksBalance();
  }

  @Test
  void endedRowWhoseStateIsBrokenIsFoundToo() {
    rig.invoker.slots("at.mail", 8);
    rig.accepted("tips");
    rig.invoker.succeedAll();
    rig.settle();
    rig.invoker.succeedAll();
    rig.settle();
    breakRow("UPDATE delivery SET state = 9 WHERE seq = 1 AND action = 1");
    rig.crash();
    rig.start(MAIL);

    assertThat(letters()).extracting(DeadLetter::id).containsExactly("signup_1.mail");
    assertThat(rig.receipt("signup_1").state()).isEqualTo(SignupState.FAILED);
    booksBalance();
  }

  @Test
  void whatComesAfterABrokenOneDiesWithIt() {
    rig.accepted("tips");
    rig.accepted("tips");
    breakRow("UPDATE delivery SET since = 'x' WHERE seq = 1 AND action = 1");
    rig.crash();
    rig.start(MAIL);
    rig.invoker.slots("at.mail", 1);
    rig.settle();

    assertThat(letters())
        .extracting(DeadLetter::id, DeadLetter::cause)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("signup_1.mail", Cause.CORRUPT),
            org.assertj.core.groups.Tuple.tuple("signup_1.tips", Cause.AFTER));
    booksBalance();
  }

  @Test
  void mendedRowCanBeRedriven() {
    waiting(3);
    breakRow("UPDATE signup SET payload = NULL WHERE seq = 2");
    serve();
    redrive();
    assertThat(letters()).as("still broken").hasSize(1);

    breakRow("UPDATE signup SET payload = CAST('{}' AS BLOB) WHERE seq = 2");
    redrive();

    assertThat(rig.sentSeqs("mail")).containsExactly(1L, 3L, 2L);
    booksBalance();
  }

  /** More than the window holds, so that the rest is read from the journal. */
  private void waiting(int signups) {
    accepted(signups);
    rig.crash();
    rig.start(MAIL);
  }

  private void accepted(int signups) {
    for (int i = 0; i < signups; i++) {
      rig.accepted();
    }
  }

  private void serve() {
    restart();
    rig.settle();
  }

  private void restart() {
    rig.crash();
    rig.start(MAIL);
    rig.invoker.slots("at.mail", 100);
  }

  private void redrive() {
    var unused =
        rig.pipeline.repair(
            new Repairs.Order(
                Repair.REDRIVE, DeadLetter.Filter.ALL, false, OptionalInt.empty(), "local", ""));
    rig.settle();
  }

  private List<DeadLetter> letters() {
    Future<List<DeadLetter>> letters =
        rig.pipeline.deadLetters(
            new DeadLetter.Filter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty()),
            DeadLetter.Position.START,
            100);
    rig.settle();
    return letters.result();
  }

  private void booksBalance() {
    try {
      rig.checkBooks();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void breakRow(String damage) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(damage)).isPositive();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
